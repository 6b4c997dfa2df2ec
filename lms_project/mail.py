"""The mail server, as the environment describes it."""

from dataclasses import dataclass

from lms_project import addresses
from lms_project.environment import Environment

HOST = r"(?i)(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*|[0-9a-f:]*:[0-9a-f:.]+"
ADDRESS = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*"
SENDER = rf"(?a){ADDRESS}|[\w .'&()-]+ <{ADDRESS}>"
USUAL_PORTS = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True)
class MailServer:
    """No ``host``: mail is not sent by a server."""

    host: str
    port: int
    tls: str
    user: str
    password: str
    timeout: int


def read_mail_server(env: Environment) -> MailServer:
    host = env.matching("EMAIL_HOST", HOST, "the host name of a mail server without port or scheme")
    tls = env.matching(
        "EMAIL_TLS", "starttls|tls|none", "one of starttls, tls, none", default="starttls"
    )
    server = MailServer(
        host=host,
        port=env.whole("EMAIL_PORT", default=USUAL_PORTS[tls], at_least=1, at_most=65_535),
        tls=tls,
        user=env.text("EMAIL_HOST_USER"),
        password=env.secret("EMAIL_HOST_PASSWORD"),
        timeout=env.whole("EMAIL_TIMEOUT_SECONDS", default=20, at_least=1, at_most=120),
    )
    if server.user and not server.password:
        env.problems.append(
            "EMAIL_HOST_USER is set without EMAIL_HOST_PASSWORD. Set both, or none for a server "
            "that asks for no login."
        )
    if server.password and not server.user:
        env.problems.append("EMAIL_HOST_PASSWORD is set without EMAIL_HOST_USER. Set both.")
    if server.password and tls == "none" and host not in addresses.LOOPBACK:
        env.problems.append(
            "EMAIL_TLS='none' would send EMAIL_HOST_PASSWORD for everybody to read. "
            "Use starttls or tls."
        )
    return server
