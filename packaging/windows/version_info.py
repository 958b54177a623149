"""The properties of the programs that Explorer shows under *Details*."""

from PyInstaller.utils.win32.versioninfo import (
    FixedFileInfo,
    StringFileInfo,
    StringStruct,
    StringTable,
    VarFileInfo,
    VarStruct,
    VSVersionInfo,
)

ENGLISH_UNICODE = (0x0409, 1200)


def version_info_of(version: str) -> VSVersionInfo:
    """The version resource of a release such as 1.2.3."""
    numbers = tuple(([int(part) for part in version.split(".") if part.isdigit()] + [0] * 4)[:4])
    told = {
        "CompanyName": "The Photosearch authors",
        "FileDescription": "Photosearch",
        "FileVersion": version,
        "InternalName": "photosearch",
        "LegalCopyright": "Apache-2.0",
        "OriginalFilename": "photosearch.exe",
        "ProductName": "Photosearch",
        "ProductVersion": version,
    }
    table = StringTable("040904B0", [StringStruct(name, value) for name, value in told.items()])
    return VSVersionInfo(
        FixedFileInfo(filevers=numbers, prodvers=numbers),
        [StringFileInfo([table]), VarFileInfo([VarStruct("Translation", [*ENGLISH_UNICODE])])],
    )
