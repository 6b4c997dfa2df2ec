"""The OneDrives of the demo tenant; who is not named here has none (404)."""

from datetime import timedelta

from sandbox.world.files import add_onedrive, put_file, text_of
from sandbox.world.model import World


def add_drives(world: World) -> None:
    """Mara's folder of recordings has a German name; two OneDrives refuse the app (403)."""
    mara = add_onedrive(world, "mara", recordings="Aufnahmen")
    add_onedrive(world, "noor", recordings="Recordings")
    add_onedrive(world, "jonas")
    add_onedrive(world, "omar")
    add_onedrive(world, "tomas")
    add_onedrive(world, "pia")
    add_onedrive(world, "ines", recordings="Recordings", access="denied")
    add_onedrive(world, "viktor", recordings="Recordings", access="denied")
    # Belongs to no conference: neither time nor name, nor named by any other route.
    long_ago = world.anchor - timedelta(days=60)
    greeting = text_of("greeting", 3000)
    put_file(mara, "Aufnahmen/Holiday greeting.mp4", greeting, long_ago, mara.owner, 45)
