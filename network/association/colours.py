"""The accent colour: dark enough on white, and its lighter sister for the dark."""

import colorsys

AA = 4.5


def luminance(colour: str) -> float:
    """WCAG relative luminance of #rrggbb."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)  # noqa: PLR2004
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def readable_on_white(colour: str) -> bool:
    """Also on the paper and the wash that pages are made of, hence a little more than AA."""
    return contrast(colour, "#ffffff") >= AA + 0.7


def shaded(colour: str, lightness: float, most_saturation: float = 1.0) -> str:
    hue, _, saturation = colorsys.rgb_to_hls(*(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)))
    parts = colorsys.hls_to_rgb(hue, lightness, min(saturation, most_saturation))
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def stylesheet(accent: str) -> str:
    """The accent in place of petrol, on public pages, by day and by night."""
    deep, wash = shaded(accent, 0.15), shaded(accent, 0.93, 0.5)
    night, night_deep, night_wash = shaded(accent, 0.72, 0.6), shaded(accent, 0.85, 0.6), shaded(accent, 0.16, 0.5)
    return (
        f":root{{--petrol:{accent};--petrol-deep:{deep};--petrol-wash:{wash}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{--petrol:{night};--petrol-deep:{night_deep};"
        f"--petrol-wash:{night_wash}}}}}\n"
    )
