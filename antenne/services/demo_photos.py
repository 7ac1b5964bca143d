"""Portraits for the demonstration office, drawn by the program: nobody is shown."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw, ImageFilter

_SIZE = (480, 600)
_GROUNDS = ("#D9CBB4", "#C9D6CF", "#E3D3C4", "#CBD3DC", "#DCCFD3", "#D5D9BF")
_SKINS = ("#5B3A29", "#6B4630", "#4A2F22", "#7A5238", "#3F281D")
_CLOTHS = ("#0E5A5E", "#A8321F", "#C2702A", "#2F4A8A", "#6A2F6B", "#2F7A3E", "#B0893A", "#1F2A30")


def portrait(seed: int) -> bytes:
    """A drawn head with a scarf, as JPEG of 480 × 600; the same seed gives the same drawing."""
    rng = random.Random(seed)
    image = Image.new("RGB", _SIZE, rng.choice(_GROUNDS))
    draw = ImageDraw.Draw(image)
    skin, cloth, scarf = rng.choice(_SKINS), rng.choice(_CLOTHS), rng.choice(_CLOTHS)
    lean = rng.randrange(-14, 15)
    draw.ellipse((40, 430, 440, 820), fill=cloth)
    for stripe in range(rng.randrange(0, 5)):
        left = 90 + stripe * 72
        draw.polygon(((left, 600), (left + 22, 600), (left + 60, 450), (left + 46, 450)), fill=rng.choice(_CLOTHS))
    draw.rounded_rectangle((202 + lean, 360, 278 + lean, 500), radius=34, fill=skin)
    draw.ellipse((140 + lean, 150, 340 + lean, 430), fill=skin)
    draw.pieslice((122 + lean, 96, 358 + lean, 380), 180, 360, fill=scarf)
    draw.ellipse((112 + lean, 196, 368 + lean, 270), fill=scarf)
    if rng.random() < 0.5:
        draw.ellipse((300 + lean, 90, 400 + lean, 190), fill=scarf)
    for eye in (198, 262):
        draw.ellipse((eye + lean, 292, eye + 22 + lean, 304), fill="#1B1310")
    draw.arc((212 + lean, 340, 268 + lean, 384), 20, 160, fill="#2A1A14", width=5)
    for ear in (136, 328):
        draw.ellipse((ear + lean, 330, ear + 14 + lean, 344), fill="#D8B45A")
    out = io.BytesIO()
    image.filter(ImageFilter.GaussianBlur(0.8)).save(out, "JPEG", quality=78, optimize=True)
    return out.getvalue()
