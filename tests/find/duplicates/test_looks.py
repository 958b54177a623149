"""Which originals the search for duplicates looks at, and its progress meanwhile."""

from pathlib import Path

from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from photosearch.library import Library
from photosearch.models import Progress
from tests.jobs import finish, index
from tests.photos import open_sample

COPIES = 14


def save_copies(folder: Path) -> None:
    """A photo and copies of it, one of which is larger, and kept at first for that."""
    photo = open_sample(4, (480, 360))
    photo.save(folder / "photo.jpg", quality=96)
    with Image.open(folder / "photo.jpg") as opened:
        photo = opened.convert("RGB")
    photo.resize((960, 720), Image.Resampling.BICUBIC).save(folder / "larger.png")
    for number in range(1, COPIES):
        photo.resize((400 - 4 * number, 300 - 3 * number)).save(folder / f"{number}.jpg", quality=80)


def test_few_closer_looks_find_the_original_of_many_copies(library: Library, album: Path) -> None:
    """The first ones tell that another photo is the original; the rest is compared with that one alone."""
    save_copies(album)
    index(library, album)
    steps, search = list[Progress](), library.duplicates(("identical", "same", "edited"))
    while True:
        try:
            steps.append(next(search))
        except StopIteration as end:
            groups = end.value.groups
            break
    looks = [step for step in steps if step.stage == "looking closer"]
    assert Path(groups[0].photos[0].photo.path).name == "photo.jpg"
    assert COPIES <= looks[-1].done <= COPIES + 6
    assert [step.done for step in looks] == sorted(step.done for step in looks)
    assert all(step.total is not None and step.done <= step.total for step in looks)
    assert looks[0].total == COPIES, "what waits is counted from the start"


def test_a_second_search_finds_what_the_first_one_found(library: Library, album: Path) -> None:
    """Though it knows from the start what the first one compared in the end."""
    photo = open_sample(1, (480, 360))
    photo.save(album / "photo.jpg", quality=95)
    copies = {
        "resized": photo.resize((300, 225)),
        "blurred": photo.filter(ImageFilter.GaussianBlur(2)),
        "grey": ImageOps.grayscale(photo),
        "cropped": photo.crop((60, 40, 440, 330)),
        "turned": photo.transpose(Image.Transpose.ROTATE_90),
        "mirrored": ImageOps.mirror(photo),
        "darker": ImageEnhance.Brightness(photo).enhance(0.7),
        "paler": ImageEnhance.Color(photo).enhance(0.4),
        "bordered": ImageOps.expand(photo, 30, "white"),
        "stretched": photo.resize((480, 300)),
        "saved": photo,
    }
    for name, copy in copies.items():
        copy.save(album / f"{name}.jpg", quality=70)
    index(library, album)
    found = finish(library.duplicates(("identical", "same", "edited")))
    assert len(found.groups) > 1
    assert finish(library.duplicates(("identical", "same", "edited"))) == found
    assert finish(library.duplicates(("identical", "same", "edited"), depth="known")) == found
