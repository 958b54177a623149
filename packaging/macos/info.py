"""The Info.plist of Photosearch.app: what it is, what it opens, and why it asks for folders."""

IMAGES = ["public.image", "public.camera-raw-image"]
FOLDERS = "Photosearch reads the photos in the folders that you add. Nothing leaves this computer."

INFO = {
    "CFBundleDisplayName": "Photosearch",
    "CFBundleDocumentTypes": [
        {"CFBundleTypeName": "Photo", "CFBundleTypeRole": "Viewer", "LSHandlerRank": "Alternate",
         "LSItemContentTypes": IMAGES},
        {"CFBundleTypeName": "Folder of photos", "CFBundleTypeRole": "Viewer", "LSHandlerRank": "Alternate",
         "LSItemContentTypes": ["public.folder"]},
    ],
    "LSApplicationCategoryType": "public.app-category.photography",
    "LSMinimumSystemVersion": "13.0",
    "NSDesktopFolderUsageDescription": FOLDERS,
    "NSDocumentsFolderUsageDescription": FOLDERS,
    "NSDownloadsFolderUsageDescription": FOLDERS,
    "NSNetworkVolumesUsageDescription": FOLDERS,
    "NSRemovableVolumesUsageDescription": FOLDERS,
    "NSHighResolutionCapable": True,
}  # fmt: skip
