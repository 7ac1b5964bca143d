"""Draw `resources/icons/antenne.ico`: a plain letter, so that the icon tells a passer-by nothing.

Run once with `python installer/draw_icon.py` when the colours change; the result is in the repository.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "resources" / "icons" / "antenne.ico"
FONT = ROOT / "resources" / "fonts" / "NotoSans-Bold.ttf"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
OVERSAMPLING = 8
GROUND = "#0E5A5E"
LETTER = "#FFFFFF"


def draw(size: int) -> Image.Image:
    """One square of ``size`` pixels: a white A on a rounded ground."""
    big = size * OVERSAMPLING
    image = Image.new("RGBA", (big, big), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, big - 1, big - 1), radius=big // 5, fill=GROUND)
    font = ImageFont.truetype(FONT, int(big * 0.78))
    left, top, right, bottom = pen.textbbox((0, 0), "A", font=font)
    pen.text(((big - left - right) / 2, (big - top - bottom) / 2), "A", font=font, fill=LETTER)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def main() -> None:
    """Write every size into one .ico file."""
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    pictures = [draw(size) for size in SIZES]
    pictures[-1].save(TARGET, sizes=[(size, size) for size in SIZES], append_images=pictures[:-1])
    print(TARGET)


if __name__ == "__main__":
    main()
