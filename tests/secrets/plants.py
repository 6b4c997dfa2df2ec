"""Secrets that can be recognised wherever they turn up, and the shapes in which they travel."""

import re

# Everything that is planted has this word in it; the others are what the sandbox itself keeps.
_PLANTED = re.compile(r"[\w-]*pl4nt[\w-]*|sandbox-secret|\beyJ[\w-]{10,}\.[\w-]+", re.IGNORECASE)

SECRET_KEY = "pl4nt-secret-key-" + "0123456789abcdef" * 3
TOKEN = "pl4nt-access-token-5f1d"  # of no shape that a reader knows
DATABASE_PASSWORD = "pl4nt-database-password"
REDIS_PASSWORD = "pl4nt-redis-password"
MAIL_PASSWORD = "pl4nt-mail-password"
SHARED_ACCESS = "?sv=1&sig=pl4nt-signature&tempauth=pl4nt-tempauth&access_token=pl4nt-query"

SHAPES = {
    "a header": "Authorization: Bearer {0}",
    "a header in JSON": '{{"Authorization": "Bearer {0}"}}',
    "a header in small letters": "authorization:bearer {0}",
    "a form": "grant_type=client_credentials&client_secret={0}&scope=x",
    "JSON": '{{"client_secret": "{0}"}}',
    "words of Python": "{{'client_secret': '{0}'}}",
    "an assertion": "client_assertion={0}",
    "a token's answer": '{{"token_type": "Bearer", "access_token": "{0}"}}',
    "a token to renew": '{{"refresh_token":"{0}"}}',
    "a query": "GET https://graph.microsoft.com/v1.0/x?access_token={0}&y=1",
    "a password": "password={0}",
    "two lines": "client_secret\n=\n{0}",
    "a secret with odd signs": "client_secret={0}~8.{0}",
    "a signed address": "https://x.blob.core.windows.net/a?sv=1&sig={0}&se=2",
    "a pre-authenticated address": "https://x.sharepoint.com/d.aspx?UniqueId=1&tempauth={0}",
    "a token in a query": "https://x.example.org/?token={0}",
    "a code in a query": "https://x.example.org/?code={0}&state=1",
    "a key in a query": "https://x.example.org/?api_key={0}",
    "an encoded header": "Authorization%3A%20Bearer%20{0}",
    "a password of a header": "Authorization: Basic {0}",
    "an encoded form": "client_secret%3D{0}%26scope%3Dx",
    "JSON in JSON": '{{"message": "{{\\"client_secret\\": \\"{0}\\"}}"}}',
    "JSON in camel case": '{{"clientSecret": "{0}", "accessToken": "{0}"}}',
    "a token of somebody": '{{"id_token":"{0}"}}',
    "a bare assertion": "grant_type=jwt-bearer&assertion={0}",
    "a server's address": "redis://default:{0}@127.0.0.1:6379/0",
    "a cookie": "Set-Cookie: FedAuth={0}; path=/",
    "quotes of HTML": "client_secret=&quot;{0}&quot;",
    "a value with a comma": 'client_secret="{0},{0}"',
    "a short password": "pwd={0};",
    "an element": "<client_secret>{0}</client_secret>",
    "a form that is encoded twice": "client_secret=Ab%2B{0}%2Fq%3D&scope=x",
    "an encoded quote": "client_secret=%22{0}%22",
    "encoded JSON": "%22client_secret%22%3A%22{0}%22",
    "JSON as .NET writes it": "\\u0022client_secret\\u0022:\\u0022{0}\\u0022",
    "a sentence for a password": '"password": "correct {0} battery"',
    "words of Python in bytes": "{{'client_secret': b'{0}'}}",
    "the second of two cookies": "Cookie: a=b; FedAuth={0}",
    "a login with an odd sign": "https://user:pa@{0}@host/x",
    "a ticket": "Authorization: Negotiate {0}",
    "a signed token": "eyJhbGciOiJSUzI1NiJ9.{0}.{0}",
}


def plants_in(text: str) -> list[str]:
    """Each planted secret that stands in it, once."""
    return sorted(set(_PLANTED.findall(text)))
