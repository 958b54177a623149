"""Which originals the search for duplicates looks at, and its progress meanwhile."""

from collections.abc import Generator
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from photosearch.library import Library
from photosearch.models import Duplicates, Progress, Side
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
    assert all(step.eta_s is not None for step in looks if step.done), "from round to round, too"


def test_a_larger_copy_with_a_sticker_keeps_no_other_copy_from_going(library: Library, album: Path) -> None:
    """It is the best one at first, and covers nothing; so the others are compared with each other, too."""
    photo = open_sample(4, (480, 360))
    photo.save(album / "photo.jpg", quality=96)
    with Image.open(album / "photo.jpg") as opened:
        ImageEnhance.Brightness(opened).enhance(0.7).save(album / "darker.jpg", quality=80)
        larger = opened.resize((720, 540), Image.Resampling.BICUBIC)
    ImageDraw.Draw(larger).ellipse((60, 60, 190, 160), fill=(220, 40, 40))
    larger.save(album / "sticker.png")
    index(library, album)
    (group,) = finish(library.duplicates(("identical", "same", "edited"))).groups
    stays = {Path(member.photo.path).name: member.stays for member in group.photos}
    assert stays == {"photo.jpg": True, "darker.jpg": False, "sticker.png": True}
    assert Path(group.photos[0].photo.path).name == "photo.jpg"


def save_edits(folder: Path) -> None:
    """A photo and edits of it, of which many may be taken for the original of another one."""
    photo = open_sample(1, (480, 360))
    photo.save(folder / "photo.jpg", quality=95)
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
        copy.save(folder / f"{name}.jpg", quality=70)


def save_parts(folder: Path) -> None:
    """Photos with a sticker each and parts of what is below: which one is kept depends on how many parts it covers."""
    chance, photo = Random(2), open_sample(2, (480, 360))
    for number in range(4):
        x, y, covered = chance.randrange(20, 380), chance.randrange(20, 280), photo.copy()
        ImageDraw.Draw(covered).ellipse((x, y, x + 70, y + 50), fill=(220, 40, 40))
        covered.resize((360, 270) if number % 2 else (480, 360)).save(folder / f"sticker{number}.jpg", quality=88)
    for number in range(8):
        x, y = chance.randrange(160), chance.randrange(120)
        part = ImageEnhance.Brightness(photo.crop((x, y, x + 300, y + 220))).enhance(0.8 if number % 2 else 1)
        part.save(folder / f"part{number}.jpg", quality=75)


def test_a_second_search_finds_what_the_first_one_found(library: Library, album: Path) -> None:
    """Though it knows from the start what the first one compared in the end."""
    save_edits(album)
    index(library, album)
    found = finish(library.duplicates(("identical", "same", "edited")))
    assert len(found.groups) > 1
    assert finish(library.duplicates(("identical", "same", "edited"))) == found
    assert finish(library.duplicates(("identical", "same", "edited"), depth="known")) == found


def test_a_search_that_was_stopped_again_and_again_finds_what_one_finds_in_one_go(
    library: Library, album: Path, tmp_path: Path
) -> None:
    save_parts(album)
    index(library, album)
    with Library(tmp_path / "stopped", "cpu") as stopped:
        index(stopped, album)
        stops = 0
        while (found := _until_a_look(stopped.duplicates(("identical", "same", "edited")))) is None:
            stops += 1
    assert stops > 3
    assert _shown(found) == _shown(finish(library.duplicates(("identical", "same", "edited"))))


def _shown(found: Duplicates) -> list[tuple[str, list[tuple[str, bool, Side]]]]:
    """What the groups show of each photo, whatever its number."""
    return [
        (group.tier, [(member.photo.path, member.stays, member.side) for member in group.photos])
        for group in found.groups
    ]


def _until_a_look(search: Generator[Progress, None, Duplicates]) -> Duplicates | None:
    """Stop a search once it has looked at a few originals; what it found if it comes to its end before."""
    try:
        while (step := next(search)).stage != "looking closer" or not step.done:
            pass
    except StopIteration as end:
        return end.value
    search.close()
    return None
