"""The curve of a training run: how well held-out photos are found, and the loss, over the steps."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from photosearch.gui.style import theme
from photosearch.gui.style.words import decimal, number, tr
from photosearch.gui.teach.run_state import Point, RunState

MOST_POINTS = 200  # that a line has: more are no sharper on a screen
CALM = 20  # a share of one in so many of the points to either side goes into the mean of the loss
LEAST_SPAN = 4.0  # of the quality, in percent: noise is not to look like a mountain
GAP = 12.0
DOT = 3.0


class Frame(NamedTuple):
    """Where a panel stands, and the range that it shows."""

    place: QRectF
    low: float
    high: float
    steps: int

    def at(self, point: Point) -> QPointF:
        """The place of a point."""
        x = self.place.left() + self.place.width() * point.step / max(1, self.steps)
        return QPointF(x, self.place.bottom() - self.place.height() * (point.value - self.low) / (self.high - self.low))


class Curve(QWidget):
    """Shows a RunState; the mouse, or left and right, reads it point by point."""

    def __init__(self) -> None:
        super().__init__()
        self._state = RunState()
        self._thinned = 0  # so many losses are those below: thinned, and then smoothed
        self._losses: list[Point] = []
        self._trend: list[Point] = []
        self._step: int | None = None  # that is read
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(260, 200)
        self.setAccessibleName(tr("Course of the learning"))

    def sizeHint(self) -> QSize:
        return QSize(560, 340)

    def show_state(self, state: RunState) -> None:
        """Draw this from now on; the same one again where it has grown."""
        if state is not self._state or len(state.losses) != self._thinned:
            self._thinned = len(state.losses)
            self._losses = thin(state.losses, MOST_POINTS)
            self._trend = smooth(self._losses)
        self._state = state
        self.setAccessibleDescription(self._told(state.step))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().base())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        quality, loss = self._frames()
        state = self._state
        colours = theme.colours(self.palette())
        self._draw_panel(painter, quality, tr("Held-out photos found, in %"), state.measured)
        self._draw_panel(painter, loss, tr("How far off it still is"), state.losses)
        self._draw_steps(painter, loss)
        _draw_line(painter, loss, self._losses, QPen(QColor(colours.disabled), 1))
        _draw_line(painter, loss, self._trend, QPen(theme.secondary_text(self.palette()), 2))
        if state.measured:
            self._draw_before(painter, quality, state.measured[0])
        _draw_line(painter, quality, state.measured, QPen(QColor(colours.focus), 2))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.focus))
        for point in state.measured:
            painter.drawEllipse(quality.at(point), DOT, DOT)
        if self._step is not None:
            self._draw_reading(painter, quality, loss)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.focus(self.palette()), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _frames(self) -> tuple[Frame, Frame]:
        state, metrics = self._state, QFontMetricsF(self.font())
        left, title, foot = metrics.horizontalAdvance("00.00") + GAP, metrics.height() + 8, metrics.height() + GAP
        steps = max([state.step, *(point.step for point in (state.losses[-1:] + state.measured[-1:])), 1])
        rect = QRectF(self.rect()).adjusted(left, GAP, -GAP, -foot)
        room = rect.height() - 2 * title - GAP
        upper = QRectF(rect.left(), rect.top() + title, rect.width(), max(20.0, room * 0.56))
        lower = QRectF(rect.left(), upper.bottom() + GAP + title, rect.width(), max(20.0, room * 0.44))
        low, high = span([point.value for point in state.measured], LEAST_SPAN)
        quality = Frame(upper, max(0.0, low), min(100.0, high) if low < 100 else high, steps)
        return quality, Frame(lower, *span([point.value for point in self._losses], 0.01), steps)

    def _draw_panel(self, painter: QPainter, frame: Frame, title: str, points: Sequence[Point]) -> None:
        """The title with the newest value, and few quiet numbers on thin lines."""
        metrics, place = QFontMetricsF(self.font()), frame.place
        painter.setPen(theme.secondary_text(self.palette()))
        head = QRectF(place.left(), place.top() - metrics.height() - 6, place.width(), metrics.height())
        text = _precise(points[-1].value) if points else ""
        room = place.width() - metrics.horizontalAdvance(f"{text}  ")
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft, metrics.elidedText(title, Qt.TextElideMode.ElideRight, room))
        if not points:
            painter.setPen(theme.hairline(self.palette()))
            painter.drawLine(place.bottomLeft(), place.bottomRight())
            return
        painter.setPen(self.palette().windowText().color())
        painter.drawText(head, Qt.AlignmentFlag.AlignRight, text)
        marks = ticks(frame.low, frame.high)
        for mark in marks:
            y = frame.at(Point(0, mark)).y()
            painter.setPen(theme.hairline(self.palette()))
            painter.drawLine(QPointF(place.left(), y), QPointF(place.right(), y))
            painter.setPen(theme.secondary_text(self.palette()))
            beside = QRectF(0, y - metrics.height() / 2, place.left() - 6, metrics.height())
            painter.drawText(beside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _short(mark, marks))

    def _draw_steps(self, painter: QPainter, frame: Frame) -> None:
        metrics, place = QFontMetricsF(self.font()), frame.place
        painter.setPen(theme.secondary_text(self.palette()))
        below = QRectF(place.left(), place.bottom() + 6, place.width(), metrics.height())
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, number(0))
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, tr("steps of learning"))
        if self._state.losses or self._state.step:
            painter.drawText(below, Qt.AlignmentFlag.AlignRight, number(frame.steps))

    def _draw_before(self, painter: QPainter, frame: Frame, before: Point) -> None:
        """A dashed line at what it was before: what lies above it is gained."""
        y = frame.at(before).y()
        painter.setPen(QPen(theme.secondary_text(self.palette()), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(frame.place.left(), y), QPointF(frame.place.right(), y))
        is_above = self._state.measured[-1].value < before.value  # where the curve is not
        height = QFontMetricsF(self.font()).height()
        beside = QRectF(frame.place.left(), y - height - 1 if is_above else y + 1, frame.place.width(), height)
        painter.drawText(beside, Qt.AlignmentFlag.AlignRight, tr("before"))

    def _draw_reading(self, painter: QPainter, quality: Frame, loss: Frame) -> None:
        x = loss.at(Point(self._step or 0, loss.low)).x()
        painter.setPen(QPen(theme.secondary_text(self.palette()), 1))
        for frame in (quality, loss):
            painter.drawLine(QPointF(x, frame.place.top()), QPointF(x, frame.place.bottom()))

    # Reading it

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        _, frame = self._frames()
        share = (event.position().x() - frame.place.left()) / max(1.0, frame.place.width())
        self._read(round(min(1.0, max(0.0, share)) * frame.steps))
        QToolTip.showText(event.globalPosition().toPoint(), self._told(self._step), self)

    def leaveEvent(self, event: object) -> None:
        self._read(None)

    def focusOutEvent(self, event: object) -> None:
        self._read(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        stops = [point.step for point in self._state.measured or self._losses]
        if not by or not stops:
            super().keyPressEvent(event)
            return
        here = self._step if self._step is not None else stops[-1] + 1
        beyond = [step for step in stops if (step - here) * by > 0]
        self._read((min if by > 0 else max)(beyond) if beyond else stops[-1 if by > 0 else 0])
        frame = self._frames()[0]
        corner = frame.at(Point(self._step or 0, frame.high)).toPoint()
        QToolTip.showText(self.mapToGlobal(corner), self._told(self._step), self)
        self.setAccessibleDescription(self._told(self._step))

    def _read(self, step: int | None) -> None:
        self._step = step
        self.update()

    def _told(self, step: int | None) -> str:
        """The values of the curves at a step: the last measured quality, and the nearest loss."""
        if step is None:
            return ""
        parts = [tr("Step {step}").format(step=number(step))]
        if before := [point for point in self._state.measured if point.step <= step]:
            parts.append(tr("Held-out photos are found: {percent} %").format(percent=decimal(before[-1].value)))
        if self._losses:
            nearest = min(self._losses, key=lambda point: abs(point.step - step))
            parts.append(tr("Still off by {loss}").format(loss=_precise(nearest.value)))
        return "\n".join(parts)


def thin(points: Sequence[Point], most: int) -> list[Point]:
    """At most `most` points: each the mean of as many that follow one another."""
    few = math.ceil(len(points) / most)
    if few <= 1:
        return list(points)
    parts = (points[start : start + few] for start in range(0, len(points), few))
    return [Point(part[-1].step, sum(point.value for point in part) / len(part)) for part in parts]


def smooth(points: Sequence[Point]) -> list[Point]:
    """Each point as the mean of those around it, of as many before as after."""
    reach = len(points) // CALM
    smoothed: list[Point] = []
    for place, point in enumerate(points):
        near = min(reach, place, len(points) - 1 - place)
        around = points[place - near : place + near + 1]
        smoothed.append(Point(point.step, sum(other.value for other in around) / len(around)))
    return smoothed


def span(values: Sequence[float], least: float) -> tuple[float, float]:
    """The range to show: a little more than `values` take, and never less than `least`."""
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    spare = max(0.08 * (high - low), (least - (high - low)) / 2, 0.0)
    return low - spare, high + spare


def ticks(low: float, high: float) -> list[float]:
    """Two to four round numbers between the ends."""
    rough = (high - low) / 3
    magnitude = 10.0 ** math.floor(math.log10(rough))
    step = next(magnitude * factor for factor in (1, 2, 5, 10) if magnitude * factor >= rough)
    first = math.ceil(low / step - 1e-9)
    return [place * step for place in range(first, math.floor(high / step + 1e-9) + 1)]


def _draw_line(painter: QPainter, frame: Frame, points: Sequence[Point], pen: QPen) -> None:
    painter.setPen(pen)
    painter.drawPolyline(QPolygonF([frame.at(point) for point in points]))


def _precise(value: float) -> str:
    return decimal(value, 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3)


def _short(mark: float, marks: Sequence[float]) -> str:
    """A number at a line, with as many places as tell it from the next."""
    apart = marks[1] - marks[0] if len(marks) > 1 else abs(mark) or 1.0
    return decimal(mark, max(0, min(3, -math.floor(math.log10(apart) + 1e-9))))
