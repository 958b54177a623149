"""Documents and drawings of different content that look alike: one layout, other words, numbers, codes or lines."""

import math
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageOps
from verdict_drawing import INK, Case, add_noise, blank, draw_code, lines_of_text, scan

A4 = (1240, 1754)
GREY = (120, 120, 120)


def letters(case: Case) -> None:
    """One letter head, other words; of some there is a JPEG copy as well."""
    size, head = case.whole(16, 30), case.name()
    for number in range(case.each):
        page = draw_letter(case, size, head)
        case.add(page, f"letter{number}.png", f"letter{number}", grade=1)
        if number % 3 == 0:
            case.add(page, f"letter{number}-copy.jpg", f"letter{number}", quality=60)


def scans(case: Case) -> None:
    """Scanned letters, each page askew in its own way; of some there is a copy at half the size."""
    size, head = case.whole(14, 26), case.name()
    for number in range(case.each):
        page = scan(case, draw_letter(case, size, head), case.number(-1, 1), case.number(2, 5))
        case.add(page, f"scan{number}.jpg", f"scan{number}", grade=1, quality=85)
        if number % 3 == 0:
            case.add(page.reduce(2), f"scan{number}-half.jpg", f"scan{number}", quality=80)


def draw_letter(case: Case, size: int, head: str) -> Image.Image:
    """A page of text."""
    page, draw = blank(*A4)
    draw.text((120, 110), head, INK, case.font(1.6 * size))
    text, top = lines_of_text(case, A4[0] - 240, size), 130 + 3 * size
    while top < A4[1] - 140:
        draw.text((120, top), next(text), INK, case.font(size))
        top += round(1.5 * size) + (2 * size if case.rng.random() < 0.1 else 0)
    return page


def mirrored_pages(case: Case) -> None:
    """Pages and their mirror images, which show the same; each other page has only its mirror image here."""
    size, head = case.whole(18, 28), case.name()
    for number in range(case.each):
        page = scan(case, draw_letter(case, size, head), 0, 2)
        if number % 2 == 0:
            case.add(page, f"page{number}.jpg", f"page{number}", grade=1)
        case.add(ImageOps.mirror(page), f"page{number}-mirrored.jpg", f"page{number}")


def stamped_pages(case: Case) -> None:
    """One page without, and with a stamp or a signature, each another one."""
    page = draw_letter(case, case.whole(18, 28), case.name())
    case.add(scan(case, page, 0, 2), "page.jpg", "page")
    for number in range(1, case.each):
        signed = page.copy()
        draw, x, y = ImageDraw.Draw(signed), case.number(150, 800), case.number(1300, 1600)
        if number % 2:
            draw.rectangle((x, y, x + 260, y + 70), outline=(170, 30, 40), width=4)
            draw.text((x + 15, y + 15), f"PAID {case.date()}", (170, 30, 40), case.font(30))
        else:
            scrawl(case, draw, x, y, 260, 60, (20, 40, 120))
        case.add(scan(case, signed, 0, 2), f"page-signed{number}.jpg", "page", f"signature{number}")


def revisions(case: Case) -> None:
    """One page of which a word or an amount differs; scanned, each with its own noise, or not."""
    size, is_scan = case.whole(16, 28), bool(case.whole(0, 2))
    text = lines_of_text(case, A4[0] - 320, size)
    lines = [next(text) for _ in range(round(1300 / (1.5 * size)))]
    for number in range(case.each):
        page, draw = blank(*A4)
        changed, place = lines.copy(), case.whole(0, len(lines))
        changed[place] += f" {case.whole(100, 999)}" if number % 2 else f" {case.name(1)}"
        for row, line in enumerate(changed):
            draw.text((120, 140 + round(1.5 * size) * row), line, INK, case.font(size))
        case.add(scan(case, page, 0, 2) if is_scan else page, f"revision{number}.{'jpg' if is_scan else 'png'}")


def scrawl(
    case: Case, draw: ImageDraw.ImageDraw, x: float, y: float, width: float, height: float, ink: tuple[int, int, int]
) -> None:
    """A line as a pen makes it."""
    waves = [(case.number(0.5, 1), case.number(2, 9), case.number(0, 6)) for _ in range(3)]
    points = [
        (x + width * step / 80, y + height / 2 + height / 4 * sum(a * math.sin(b * step / 8 + c) for a, b, c in waves))
        for step in range(81)
    ]
    draw.line(points, ink, 4, joint="curve")


def invoices(case: Case) -> None:
    """One form; half of them to one customer, where only number, date and amounts differ."""
    firm, accent, customer = case.name(), case.colour(20, 120), [case.name() for _ in range(3)]
    goods = [case.sentence(2, 4) for _ in range(4)]
    for number in range(case.each):
        page, draw = blank(*A4)
        draw.rectangle((100, 90, 300, 160), accent)
        draw.text((115, 105), firm[:12], "white", case.font(28))
        draw.text((820, 100), "INVOICE", INK, case.font(40))
        draw.multiline_text((820, 170), f"No. {case.whole(1000, 9999)}\n{case.date()}", INK, case.font(22))
        name = customer if number % 2 else [case.name() for _ in range(3)]
        draw.multiline_text((100, 260), "\n".join(name), INK, case.font(22))
        draw.rectangle((100, 520, 1140, 560), (225, 230, 240))
        total = 0.0
        for row, what in enumerate(goods):
            amount = round(case.number(5, 400), 2)
            total += amount
            draw.text((110, 575 + 42 * row), f"{case.whole(1, 9)} × {what}", INK, case.font(22))
            draw.text((1020, 575 + 42 * row), f"{amount:.2f}", INK, case.font(22))
        draw.text((900, 900), f"Total {total:.2f}", INK, case.font(28))
        draw.line((100, 1600, 1140, 1600), GREY)
        draw.text((100, 1615), f"{firm}, {firm} Street 1", GREY, case.font(18))
        case.add(page, f"invoice{number}.png", f"invoice{number}", grade=1)
        if number % 3 == 0:
            case.add(page, f"invoice{number}-copy.jpg", f"invoice{number}", quality=70)


def statements(case: Case) -> None:
    """Statements of one account: 30 lines of dates, words and amounts on one form."""
    bank, size = case.name(), case.whole(17, 22)
    whats = [case.sentence(2, 5) for _ in range(12)]
    for number in range(case.each):
        page, draw = blank(*A4)
        draw.text((100, 90), f"{bank} Bank", INK, case.font(40))
        draw.text((100, 160), f"Statement {number + 1}", INK, case.font(24))
        for row in range(30):
            top = 240 + 46 * row
            draw.line((100, top, 1140, top), (200, 200, 205))
            draw.text((110, top + 8), case.date(), INK, case.font(size))
            draw.text((300, top + 8), whats[case.whole(0, 12)], INK, case.font(size))
            draw.text((1010, top + 8), f"{case.number(-900, 900):8.2f}", INK, case.font(size))
        case.add(scan(case, page, 0, 2), f"statement{number}.jpg")


def receipts(case: Case) -> None:
    """Receipts of one shop, photographed."""
    shop = case.name()
    for number in range(case.each):
        page, draw = blank(720, 1280, (246, 244, 238))
        draw.text((220, 50), shop, INK, case.font(34))
        for row in range(14):
            draw.text((60, 160 + 50 * row), case.name(1), INK, case.font(26))
            draw.text((540, 160 + 50 * row), f"{case.number(0.5, 60):6.2f}", INK, case.font(26))
        draw.text((60, 920), f"{case.date()} {case.whole(8, 20):02}:{case.whole(0, 60):02}", INK, case.font(24))
        case.add(add_noise(page, case.rng, 3), f"receipt{number}.jpg", quality=88)


def chats(case: Case) -> None:
    """Screenshots of one chat with other messages."""
    friend, dark = case.name(1), bool(case.whole(0, 2))
    ground, own, other = (
        ((20, 24, 28), (0, 92, 75), (34, 44, 52)) if dark else ((236, 229, 221), (220, 248, 198), (255,) * 3)
    )
    ink = (235, 235, 235) if dark else INK
    for number in range(case.each):
        page, draw = blank(1080, 1920, ground)
        draw.rectangle((0, 0, 1080, 150), (30, 90, 80))
        draw.text((140, 60), friend, "white", case.font(44))
        top = 190
        while top < 1650:
            text, is_own = case.sentence(2, 6), bool(case.whole(0, 2))
            width = case.font(36).getlength(text) + 60
            left = 1050 - width if is_own else 30
            draw.rounded_rectangle((left, top, left + width, top + 84), 24, own if is_own else other)
            draw.text((left + 30, top + 18), text, ink, case.font(36))
            top += 110
        draw.rounded_rectangle((30, 1790, 1050, 1880), 40, other)
        case.add(page, f"chat{number}.png", f"chat{number}", grade=1)
        if number % 3 == 0:
            case.add(page.resize((540, 960)), f"chat{number}-sent.jpg", f"chat{number}", quality=75)


def codes(case: Case) -> None:
    """Square codes of one size."""
    modules = int(case.rng.choice([21, 25, 29, 33]))
    for number in range(case.each):
        case.add(draw_code(case, modules, case.whole(18, 24) if not number else 20), f"code{number}.png")


def labels(case: Case) -> None:
    """Parcel labels to one address, with other bars and numbers."""
    address = "\n".join((case.name(), f"{case.name(1)} Street 5", case.name(1)))
    for number in range(case.each):
        page, draw = blank(800, 1200)
        draw.rectangle((20, 20, 780, 1180), outline=INK, width=5)
        draw.multiline_text((60, 80), address, INK, case.font(48), spacing=16)
        x = 80
        while x < 700:
            wide = case.whole(3, 12)
            draw.rectangle((x, 600, x + wide, 900), INK)
            x += wide + case.whole(3, 12)
        draw.text((150, 930), str(case.whole(10**11, 10**12)), INK, case.font(48))
        case.add(page, f"label{number}.png")


def icons(case: Case) -> None:
    """Small pictures: one button with other signs."""
    ground, signs = case.colour(30, 160), case.rng.permutation(list("ABCDEFGHIKLMNOPQRSTUVXZ@#&?!+="))
    for number in range(case.each):
        page, draw = blank(192, 192)
        draw.rounded_rectangle((8, 8, 184, 184), 36, ground)
        draw.text((96, 96), str(signs[number % len(signs)]), "white", case.font(100), anchor="mm")
        case.add(page, f"icon{number}.png")


def meters(case: Case) -> None:
    """Photos of a meter whose reading goes on by a little."""
    reading = case.whole(100_000, 900_000)
    for number in range(case.each):
        page, draw = blank(1600, 1200, (176, 178, 182))
        draw.rounded_rectangle((300, 300, 1300, 800), 30, (225, 225, 228), GREY, 6)
        draw.rectangle((420, 420, 1180, 560), (15, 15, 18))
        draw.text((460, 430), " ".join(str(reading)), (235, 235, 235), case.font(100))
        draw.text((430, 640), "kWh   No. 4711", INK, case.font(60))
        reading += case.whole(1, 40)
        case.add(add_noise(page, case.rng, 3), f"meter{number}.jpg", quality=92)


def tickets(case: Case) -> None:
    """Tickets of one journey: number, seat and code differ."""
    route, accent, day = f"{case.name(1)} – {case.name(1)}", case.colour(30, 160), case.date()
    first = case.whole(100_000, 900_000)
    for number in range(case.each):
        page, draw = blank(1200, 600)
        draw.rectangle((0, 0, 1200, 90), accent)
        draw.text((40, 20), "TRAIN TICKET", "white", case.font(44))
        text = f"No. {first + number}\n{route}\n{day}\n2nd class\nSeat {20 + number}"
        draw.multiline_text((40, 130), text, INK, case.font(36), spacing=18)
        page.paste(draw_code(case, 25, 11), (800, 170))
        case.add(page, f"ticket{number}.png")


def cards(case: Case) -> None:
    """Business cards of one firm."""
    firm, accent = case.name(1), case.colour(30, 200)
    for number in range(case.each):
        page, draw = blank(1000, 560)
        draw.rectangle((0, 0, 30, 560), accent)
        draw.text((90, 80), case.name(), INK, case.font(52))
        draw.text((90, 160), "Sales manager", GREY, case.font(30))
        mail = f"{case.name(1).lower()}@{firm.lower()}.example"
        text = f"+00 {case.whole(100_000_000, 999_999_999)}\n{mail}\n{firm} Street 1"
        draw.multiline_text((90, 290), text, INK, case.font(32), spacing=14)
        case.add(page, f"card{number}.png")


def identity_cards(case: Case) -> None:
    """Identity cards of one design; each other one has a portrait of its own."""
    for number in range(case.each):
        page, draw = blank(1012, 638, (214, 232, 222))
        draw.rectangle((0, 0, 1012, 90), (20, 90, 60))
        draw.text((40, 20), "IDENTITY CARD", "white", case.font(44))
        page.paste(ImageOps.fit(case.photo(number // 2, 400), (230, 300)), (50, 160))
        text = f"{case.name()}\n{case.date()}\nNo. {case.whole(10**8, 10**9)}"
        draw.multiline_text((330, 180), text, INK, case.font(38), spacing=24)
        case.add(page, f"card{number}.png")


def slides(case: Case) -> None:
    """Slides of one template."""
    accent = case.colour(10, 130)
    for number in range(case.each):
        page, draw = blank(1920, 1080, (250, 250, 252))
        draw.rectangle((0, 0, 1920, 140), accent)
        draw.text((80, 35), case.name(3), "white", case.font(60))
        for row in range(5):
            draw.ellipse((100, 270 + 130 * row, 120, 290 + 130 * row), accent)
            draw.text((150, 255 + 130 * row), case.sentence(4, 8), INK, case.font(40))
        draw.text((1800, 1010), str(number + 1), GREY, case.font(30))
        case.add(page, f"slide{number}.png", f"slide{number}", grade=1)
        if number % 3 == 0:
            case.add(page.reduce(2), f"slide{number}-small.jpg", f"slide{number}")


def whiteboards(case: Case) -> None:
    """Photos of one board with other writing."""
    for number in range(case.each):
        page, draw = blank(1600, 1200, (228, 230, 228))
        draw.rectangle((0, 0, 1599, 1199), outline=(150, 150, 155), width=30)
        for row in range(7):
            for place in range(case.whole(3, 8)):
                scrawl(case, draw, 90 + 200 * place, 80 + 150 * row, case.number(80, 170), 60, (40, 40, 110))
        case.add(add_noise(page, case.rng, 3), f"board{number}.jpg", quality=92)


def maps(case: Case) -> None:
    """One map with another route."""
    page, draw = blank(1400, 1000, (240, 236, 224))
    for _ in range(40):
        ends = [(case.number(0, 1400), case.number(0, 1000)) for _ in range(3)]
        draw.line(ends, (255, 255, 255) if case.whole(0, 2) else (250, 214, 130), case.whole(4, 14), joint="curve")
    for _ in range(30):
        draw.text((case.number(0, 1300), case.number(0, 960)), case.name(1), GREY, case.font(20))
    for number in range(case.each):
        route = page.copy()
        points = [(200 * step + case.number(0, 150), case.number(100, 900)) for step in range(7)]
        ImageDraw.Draw(route).line(points, (40, 110, 230), 7, joint="curve")
        case.add(route, f"map{number}.png")


def charts(case: Case) -> None:
    """One chart with other values."""
    for number in range(case.each):
        page, draw = blank(1280, 800)
        for step in range(6):
            draw.line((110, 100 + 110 * step, 1200, 100 + 110 * step), (215, 215, 215))
            draw.text((50, 88 + 110 * step), str(100 - 20 * step), GREY, case.font(22))
        points = [(110 + 90 * step, case.number(110, 640)) for step in range(13)]
        draw.line(points, (200, 60, 40), 4, joint="curve")
        draw.text((110, 30), "Visitors", INK, case.font(32))
        case.add(page, f"chart{number}.png")


def sheet_music(case: Case) -> None:
    """Pages of other notes."""
    for number in range(case.each):
        page, draw = blank(*A4)
        for stave in range(10):
            top = 180 + 150 * stave
            for line in range(5):
                draw.line((100, top + 14 * line, 1140, top + 14 * line), INK, 2)
            for place in range(22):
                x, y = 150 + 44 * place, top + 7 * case.whole(0, 9)
                draw.ellipse((x, y - 7, x + 17, y + 7), INK)
                draw.line((x + 16, y, x + 16, y - 48), INK, 2)
        case.add(page, f"music{number}.png")


def chess_boards(case: Case) -> None:
    """One game, a move further in each picture."""
    men = {place: str(case.rng.choice(list("KQRBNP"))) for place in case.rng.permutation(64)[:24].tolist()}
    been = set(men)  # places: a man that moves back would make two equal pictures
    for number in range(case.each):
        page, draw = blank(960, 960)
        for place in range(64):
            x, y = place % 8 * 120, place // 8 * 120
            draw.rectangle((x, y, x + 119, y + 119), (181, 136, 99) if (x + y) // 120 % 2 else (240, 217, 181))
            if place in men:
                draw.text((x + 30, y + 10), men[place], INK, case.font(84))
        case.add(page, f"chess{number}.png")
        place = int(case.rng.choice([place for place in range(64) if place not in been]))
        men[place] = men.pop(int(case.rng.choice(list(men))))
        been.add(place)


def spreadsheets(case: Case) -> None:
    """Screenshots of one sheet of which a few cells differ."""
    cells = [[f"{case.number(0, 1000):.1f}" for _ in range(10)] for _ in range(28)]
    for number in range(case.each):
        page, draw = blank(1600, 1000)
        for row in range(28):
            for column in range(10):
                x, y = 60 + 150 * column, 60 + 33 * row
                draw.rectangle((x, y, x + 150, y + 33), outline=(205, 205, 205))
                draw.text((x + 40, y + 5), cells[row][column], INK, case.font(20))
        case.add(page, f"sheet{number}.png")
        for _ in range(3):
            cells[case.whole(0, 28)][case.whole(0, 10)] = f"{case.number(0, 1000):.1f}"


def crosswords(case: Case) -> None:
    """One grid with other letters."""
    black = case.rng.random((13, 13)) < 0.2
    for number in range(case.each):
        page, draw = blank(1000, 1000)
        for row in range(13):
            for column in range(13):
                x, y = 45 + 70 * column, 45 + 70 * row
                draw.rectangle((x, y, x + 70, y + 70), "black" if black[row, column] else "white", "black", 2)
                if not black[row, column]:
                    draw.text((x + 20, y + 8), chr(case.whole(65, 91)), INK, case.font(46))
        case.add(page, f"crossword{number}.png")


PAGES: tuple[Callable[[Case], None], ...] = (
    *(letters, scans, mirrored_pages, stamped_pages, revisions, invoices, statements, receipts, chats, codes, labels),
    *(tickets, cards, identity_cards, icons, meters, slides, whiteboards, maps, charts, sheet_music, chess_boards),
    *(spreadsheets, crosswords),
)
