"""Projections: from degrees to kilometres on a plane, eastward and southward from its middle."""

from __future__ import annotations

import math

from msgspec import Struct

from builder.maps.trigonometry import RADIANS, sine_and_cosine

EARTH = 6371.0088  # km: the mean radius of the IUGG


class Azimuthal(Struct, frozen=True):
    """Lambert's azimuthal equal-area projection around a point: true to area everywhere, and to shape near the point.

    It knows neither poles nor an antimeridian, only the point opposite its middle: Snyder, 'Map Projections: A Working
    Manual' (1987), p. 185.
    """

    lon: float
    lat: float
    sine: float
    cosine: float

    def project(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point of the earth lies on the plane, in km."""
        sin0, cos0 = self.sine, self.cosine
        sin, cos = sine_and_cosine(lat)
        sin_east, cos_east = sine_and_cosine(lon - self.lon)
        nearness = 1 + sin0 * sin + cos0 * cos * cos_east
        if nearness < 1e-12:  # the point opposite the middle is a circle: any place on it will do
            return 2 * EARTH, 0.0
        factor = EARTH * math.sqrt(2 / nearness)
        return factor * cos * sin_east, -factor * (cos0 * sin - sin0 * cos * cos_east)

    def inverse(self, x: float, y: float) -> tuple[float, float]:
        """The longitude and latitude of a point of the plane: nearly, as `math` has it on this machine."""
        rho = math.hypot(x, y)
        if rho == 0:
            return self.lon, self.lat
        angle = 2 * math.asin(min(1.0, rho / (2 * EARTH)))
        sin, cos = math.sin(angle), math.cos(angle)
        lat = math.asin(max(-1.0, min(1.0, cos * self.sine - y * sin * self.cosine / rho)))
        east = math.atan2(x * sin, rho * self.cosine * cos + y * self.sine * sin)
        return self.lon + math.degrees(east), math.degrees(lat)


def azimuthal(lon: float, lat: float) -> Azimuthal:
    """The azimuthal projection around a point: `sine` and `cosine` are those of its latitude."""
    return Azimuthal(lon, lat, *sine_and_cosine(lat))


class NaturalEarth(Struct, frozen=True):
    """The Natural Earth projection of Tom Patterson, for the whole world, as Šavrič, Jenny and others put it (2011)."""

    lon: float = 0.0

    def project(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point of the earth lies on the plane, in km."""
        phi, across = lat * RADIANS, (lon - self.lon) * RADIANS
        square = phi * phi
        fourth = square * square
        x = 0.8707 + square * (-0.131979 + square * (-0.013791 + fourth * square * (0.003971 - 0.001529 * square)))
        y = 1.007226 + square * (0.015085 + fourth * (-0.044475 + 0.028874 * square - 0.005916 * fourth))
        return EARTH * across * x, -EARTH * phi * y
