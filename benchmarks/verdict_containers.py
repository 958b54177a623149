"""Files that hold more than the picture that is seen first: animations, pages, layers, films, maps and sidecars."""

import io
import struct
from collections.abc import Callable
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, PngImagePlugin, TiffImagePlugin
from verdict_drawing import Case, Shown, camera_exif, lines_of_text
from verdict_pages import draw_letter

PACKET = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">{}</rdf:RDF>'
    "</x:xmpmeta>"
)
CAMERA = 'xmlns:GCamera="http://ns.google.com/photos/1.0/camera/"'
ITEMS = (
    'xmlns:Container="http://ns.google.com/photos/1.0/container/" '
    'xmlns:Item="http://ns.google.com/photos/1.0/container/item/"><Container:Directory><rdf:Seq>'
    '<rdf:li rdf:parseType="Resource"><Container:Item Item:Semantic="Primary" Item:Mime="image/jpeg"/></rdf:li>'
    '<rdf:li rdf:parseType="Resource"><Container:Item Item:Semantic="{what}" Item:Mime="{kind}" '
    'Item:Length="{length}"/></rdf:li></rdf:Seq></Container:Directory></rdf:Description>'
)
MICRO_VIDEO = (
    f'<rdf:Description {CAMERA} GCamera:MicroVideo="1" GCamera:MicroVideoVersion="1" '
    'GCamera:MicroVideoOffset="{length}"/>'
)
MOTION_PHOTO = f'<rdf:Description {CAMERA} GCamera:MotionPhoto="1" GCamera:MotionPhotoVersion="1" {ITEMS}'
GAIN_MAP = f'<rdf:Description xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0" {ITEMS}'
CRS = (
    '<rdf:Description xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" crs:Exposure2012="{exposure:+.2f}" '
    'crs:HasSettings="True"/>'
)


def animations(case: Case, suffix: str, **options: Any) -> None:
    """Animations that share the first frame, and that frame alone, which each of them shows as well."""
    first = case.photo(0, 480)
    for number in range(case.each - 1):
        frames = [first]
        for step in range(7):
            frame = first.copy()
            place = case.number(0, 0.8) * first.width, case.number(0, 0.8) * first.height
            ImageDraw.Draw(frame).text(place, f"{number}{step}", case.colour(), case.font(60))
            frames.append(frame)
        name = f"film{number}{suffix}"
        if suffix == ".gif":  # the choice of colours that Pillow makes by itself takes five times as long
            frames = [frame.quantize(256, Image.Quantize.FASTOCTREE) for frame in frames]
        case.add(frames[0], name, "first", name, save_all=True, append_images=frames[1:], duration=80, **options)
    with Image.open(case.folder / f"film0{suffix}") as film:
        case.add(film.convert("RGB"), "still.png", "first")


def gifs(case: Case) -> None:
    """GIF animations."""
    animations(case, ".gif")


def webps(case: Case) -> None:
    """WebP animations."""
    animations(case, ".webp")


def pngs(case: Case) -> None:
    """Animated PNGs."""
    animations(case, ".png")


def avifs(case: Case) -> None:
    """AVIF sequences."""
    animations(case, ".avif", speed=10)


def page_files(case: Case) -> None:
    """TIFFs with several pages that share the first one, which is there alone as well."""
    first = draw_letter(case, 22, case.name()).convert("1")
    for number in range(case.each - 1):
        pages = [draw_letter(case, 22, case.name()).convert("1") for _ in range(case.whole(1, 4))]
        name = f"contract{number}.tif"
        case.add(first, name, "first", name, save_all=True, append_images=pages, compression="group4")
    case.add(first, "first.png", "first")


def motion_photos(case: Case) -> None:
    """Motion photos as telephones write them, each with another film behind one still, and the still alone."""
    photo = case.photo(0, 1400)
    exif = camera_exif("2024:05:01 10:00:00", 0.01, 5)
    for number in range(case.each - 1):
        film = box(b"ftyp", b"mp42\0\0\0\0isommp42") + box(b"mdat", case.rng.bytes(40_000 + 1000 * number))
        told = (MICRO_VIDEO, MOTION_PHOTO, "", "")[number % 4].format(
            length=len(film), what="MotionPhoto", kind="video/mp4"
        )
        options = {"exif": exif} | ({"xmp": PACKET.format(told).encode()} if told else {})
        name = f"PXL_{number:04}.MP.jpg"
        more = samsung_trailer(film) if number % 4 == 2 else film
        case.add(photo, name, "still", name, more=more, quality=92, **options)
    case.add(photo, "exported.jpg", "still", quality=92, exif=exif)


def samsung_trailer(film: bytes) -> bytes:
    """A film as Samsung's telephones append it (the SEF trailer, as ExifTool's Samsung.pm reads it)."""
    block = b"\0\0\x30\x0a" + struct.pack("<I", 16) + b"MotionPhoto_Data" + film
    directory = b"SEFH" + struct.pack("<II", 107, 1) + b"\0\0\x30\x0a" + struct.pack("<II", len(block), len(block))
    return block + directory + struct.pack("<I", len(directory)) + b"SEFT"


def box(kind: bytes, data: bytes) -> bytes:
    """A box of ISO/IEC 14496-12."""
    return struct.pack(">I", 8 + len(data)) + kind + data


def gain_maps(case: Case) -> None:
    """Photos with a gain map for bright screens behind the JPEG, each another one, and the photo without."""
    photo = case.photo(0, 1400)
    for number in range(case.each - 1):
        own = photo.convert("L").reduce(4).filter(ImageFilter.GaussianBlur(1 + 2 * number))
        path = case.add(own, "map.jpg", quality=85)
        packed = path.read_bytes()
        path.unlink()
        del case.shown["map.jpg"]
        xmp = PACKET.format(GAIN_MAP.format(length=len(packed), what="GainMap", kind="image/jpeg")).encode()
        case.add(photo, f"hdr{number}.jpg", "still", f"map{number}", more=packed, quality=92, xmp=xmp)
    case.add(photo, "flat.jpg", "still", quality=92)


def picture_pairs(case: Case) -> None:
    """MPO files that share the first of two pictures, as stereo cameras write them, and that picture alone."""
    photo = case.photo(0, 1200)
    for number in range(case.each - 1):
        second = photo.transform(photo.size, Image.Transform.AFFINE, (1, 0, 8 + 6 * number, 0, 1, 0))
        name = f"stereo{number}.mpo"
        case.add(photo, name, "left", name, save_all=True, append_images=[second], quality=92)
    case.add(photo, "left.jpg", "left", quality=92)


def layered(case: Case) -> None:
    """PSD files that look alike and have other layers, and the flat picture."""
    photo = case.photo(0, 800)
    for number in range(case.each - 1):
        layer = Image.new("RGB", (300, 200), case.colour())
        text = lines_of_text(case, 280, 30)
        ImageDraw.Draw(layer).text((10, 60), next(text), "white", case.font(30))
        case.write(psd(photo, layer), f"work{number}.psd", "flat", f"layer{number}")
    case.add(photo, "flat.png", "flat")


def psd(flat: Image.Image, layer: Image.Image) -> bytes:
    """A PSD of a flat picture and one hidden layer, uncompressed (Adobe Photoshop File Formats Specification)."""
    width, height = layer.size
    planes = [b"\0\0" + plane.tobytes() for plane in layer.split()]
    record = struct.pack(">4iH", 0, 0, height, width, 3)
    record += b"".join(struct.pack(">hI", channel, len(plane)) for channel, plane in enumerate(planes))
    extra = struct.pack(">II", 0, 0) + b"\x05Layer\0\0"
    record += b"8BIMnorm" + struct.pack(">4BI", 255, 0, 2, 0, len(extra)) + extra  # 2: hidden
    layers = struct.pack(">h", 1) + record + b"".join(planes)
    layers += b"\0" * (len(layers) % 2)
    section = struct.pack(">I", len(layers)) + layers + struct.pack(">I", 0)
    head = b"8BPS" + struct.pack(">H6xHIIHH", 1, 3, flat.height, flat.width, 8, 3)
    pixels = b"\0\0" + b"".join(plane.tobytes() for plane in flat.split())
    return head + struct.pack(">II", 0, 0) + struct.pack(">I", len(section)) + section + pixels


def sidecars(case: Case) -> None:
    """Equal files: one without a sidecar, the others with edits of their own in one, named as programs name them."""
    photo = case.photo(0, 1200)
    for number in range(case.each):
        name, contents = f"DSC_{number:04}.jpg", ["photo"]
        path = case.add(photo, name, *contents)
        if number:
            sidecar = path.with_suffix(".xmp") if number % 2 else path.with_name(f"{name}.xmp")
            sidecar.write_text(PACKET.format(CRS.format(exposure=0.25 * number)))
            path = case.add(photo, name, "photo", f"edits{number}")


def live_photos(case: Case) -> None:
    """Equal stills: one alone, the others with a film of their own beside them."""
    photo = case.photo(0, 1200)
    for number in range(case.each):
        name = f"IMG_{number:04}.jpg"
        if number:
            film = box(b"ftyp", b"qt  \0\0\0\0qt  ") + box(b"mdat", case.rng.bytes(30_000))
            (case.folder / f"IMG_{number:04}.mov").write_bytes(film)
        case.add(photo, name, "still", *([f"film{number}"] if number else []))


def raw_and_jpeg(case: Case) -> None:
    """Shots as RAW and JPEG in folders beside each other, which belong together, and small JPEGs that were sent."""
    from tests.ingest.dng import save_dng  # only this kind needs the tests

    for folder in ("RAW", "JPG", "sent"):
        (case.folder / folder).mkdir()
    for number in range(-(-case.each // 2)):
        name, photo = f"DSC_{number:04}", case.photo(number, 1200)
        photo = photo.crop((0, 0, photo.width // 4 * 4, photo.height // 4 * 4))
        exif = camera_exif("2024:05:06 07:08:09", 0.01, number)
        exif[0x010F], exif[0x0110] = "Ada", "Ada One"  # as the RAW says
        save_dng(case.folder / "RAW" / f"{name}.dng", photo)
        case.shown[f"{name}.dng"] = Shown(frozenset({f"shot{number}", f"raw{number}"}), 2)
        case.add(photo, f"JPG/{name}.jpg", f"shot{number}", f"jpeg{number}", grade=1, exif=exif)
        case.add(photo.reduce(2), f"sent/WA{number:04}.jpg", f"shot{number}", quality=70)


def logos(case: Case) -> None:
    """White words on a transparent ground, which are all alike on white paper."""
    for number in range(case.each):
        logo = Image.new("RGBA", (600, 300), (255, 255, 255, 0))
        ImageDraw.Draw(logo).text((60, 80), case.name(1), (255, 255, 255, 255), case.font(90))
        case.add(logo, f"logo{number}{('.png', '.webp', '.tif')[number % 3]}", lossless=True)


def cut_outs(case: Case) -> None:
    """Things cut out of a photo, and what they look like on white, larger as well."""
    for number in range(-(-case.each // 2)):
        photo = case.photo(number, 900)
        mask = Image.new("L", photo.size)
        ImageDraw.Draw(mask).ellipse((100, 60, 800, 500), fill=255)
        flat = Image.composite(photo, Image.new("RGB", photo.size, "white"), mask)
        photo.putalpha(mask)
        case.add(photo, f"cut{number}{('.png', '.webp')[number % 2]}", f"thing{number}", f"edge{number}", lossless=True)
        case.add(flat, f"flat{number}.png", f"thing{number}")
        case.add(flat.resize((1800, round(2 * flat.height))), f"large{number}.png", f"thing{number}")


def deep_tones(case: Case) -> None:
    """Pictures of 16 bits a channel that differ by less than 8 bits tell, and one in 8 bits."""
    grey = np.asarray(case.photo(0, 900).convert("L"), np.uint16) * 200
    for number in range(case.each - 1):
        mask = Image.new("L", (grey.shape[1], grey.shape[0]))
        ImageDraw.Draw(mask).text((80, 150), case.name(1), 100, case.font(120))
        deep = Image.fromarray(grey + np.asarray(mask, np.uint16))
        case.add(deep, f"deep{number}{('.png', '.tif')[number % 2]}", "flat", f"deep{number}")
    case.add(Image.fromarray((grey // 257).astype(np.uint8)), "flat.png", "flat")


def other_colours(case: Case) -> None:
    """Pictures in printing inks, and what is seen of them on a screen."""
    for number in range(-(-case.each // 2)):
        inks = case.photo(number, 1000).convert("CMYK")
        case.add(inks, f"print{number}.tif", f"photo{number}", f"inks{number}")
        case.add(inks.convert("RGB"), f"screen{number}.png", f"photo{number}")


def tiff_layers(case: Case) -> None:
    """TIFFs that look alike, with other layers of Photoshop in them or none."""
    photo = case.photo(0, 800)
    for number in range(case.each):
        tags = TiffImagePlugin.ImageFileDirectory_v2()
        if number:
            tags[37724] = b"Adobe Photoshop Document Data Block\0MIB8ryaL" + case.rng.bytes(3000)
        layers = [f"layers{number}"] if number else []
        case.add(photo, f"work{number}.tif", "flat", *layers, tiffinfo=tags)


def behind_jpegs(case: Case) -> None:
    """One JPEG, behind which another picture or a sound lies, without a mark or with one of Samsung's."""
    photo = case.photo(0, 1200)
    for number in range(case.each):
        packed = io.BytesIO()
        case.photo(number, 900).save(packed, "JPEG")
        more = (packed.getvalue(), b"SoundShot_000" + case.rng.bytes(30_000))[number % 2] if number else b""
        case.add(photo, f"shot{number}.jpg", "still", *([f"more{number}"] if number else []), more=more)


def spoken_notes(case: Case) -> None:
    """Equal shots: one alone, the others with a spoken note beside them."""
    photo = case.photo(0, 1200)
    for number in range(case.each):
        if number:
            (case.folder / f"DSC_{number:04}.WAV").write_bytes(b"RIFF" + case.rng.bytes(20_000))
        case.add(photo, f"DSC_{number:04}.jpg", "shot", *([f"note{number}"] if number else []))


def png_documents(case: Case) -> None:
    """Equal pixels in PNGs: one plain, the others with a drawing or a workflow of their own, from which they come."""
    photo = case.photo(0, 900)
    for number in range(case.each):
        texts = PngImagePlugin.PngInfo()
        if number:
            name, text = (("mxfile", "<mxfile><diagram>{}</diagram></mxfile>"), ("workflow", '{{"nodes": "{}"}}'))[
                number % 2
            ]
            texts.add_itxt(name, text.format(case.sentence(20, 40)), zip=True)
        case.add(photo, f"shown{number}.png", "shown", *([f"source{number}"] if number else []), pnginfo=texts)


CONTAINERS: tuple[Callable[[Case], None], ...] = (
    *(gifs, webps, pngs, avifs, page_files, motion_photos, gain_maps, picture_pairs, layered, sidecars, live_photos),
    *(raw_and_jpeg, logos, cut_outs, deep_tones, other_colours, tiff_layers, behind_jpegs, spoken_notes),
    png_documents,
)
