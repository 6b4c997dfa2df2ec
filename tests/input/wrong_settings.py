"""Values that no setting of their kind takes."""

S3CRET = "s3cret-s3cret"
WHOLE = (
    *("SYNC_LEASE_SECONDS", "SYNC_HEARTBEAT_SECONDS", "SYNC_VENDOR_WAIT_SECONDS"),
    *("SYNC_RUN_SECONDS", "SYNC_NO_WORKER_SECONDS", "SYNC_RUNS_PER_PERSON", "LOGIN_FAILURES"),
    *("ATTENDANCE_EXPECTED_MINUTES", "RECORDINGS_EXPECTED_MINUTES", "LOGIN_PAUSE_MINUTES"),
    *("TRANSCRIPTS_EXPECTED_MINUTES", "ATTENDANCE_BEFORE_MINUTES", "ATTENDANCE_AFTER_MINUTES"),
    *("PROXIES", "EMAIL_PORT", "EMAIL_TIMEOUT_SECONDS"),
)
RATES = ("GRAPH_RATE", "GRAPH_CALL_RECORD_RATE", "GRAPH_CHAT_RATE")
URLS = ("MICROSOFT_LOGIN_URL", "GRAPH_BASE_URL", "SITE_URL")
SERVERS = ("CELERY_BROKER_URL", "RATE_GATE_URL")
# By kind: what is wrong in any setting of it.
WRONG: dict[tuple[str, ...], tuple[str, ...]] = {
    WHOLE: ("x", "-1", "1.5", "nan", "1e3", "0x10", "10 s", "9" * 30, "9" * 5000, "1,000"),
    RATES: ("x", "0", "-1", "nan", "inf", "1e400", "1e-300", "9" * 30, "1/2", "1,5"),
    URLS: (
        *("x", "http://", "http://[", "https://[", "ftp://h", "//h", "http://graph.example.org"),
        *("https://h:99999", "https://h:0", "https://exa mple.org", "https://a..b", "https://h/#c"),
        *(
            "https://h/a b",
            "https://h/a\tb",
            "https://h/\xa0x",
            "https://[::g]",
            "https://h/\u00e9",
        ),
        f"https://{'a' * 64}.org",
    ),
    ("ALLOWED_HOSTS",): (
        *("https://lms.example.edu", "lms.example.edu/x", "lms.example.edu:443", "a b", "*.b.edu"),
        *("\u00e9.example.edu", "[::1]:80"),
    ),
    ("CSRF_TRUSTED_ORIGINS",): (
        *("lms.example.edu", "//lms.example.edu", "https://[", "ftp://h", "*", "https://*"),
        *("https://h/", "https://h/x", "https://h:99999", "https://a b", "https://a.*.b"),
    ),
    ("EMAIL_HOST",): (
        *("smtp://mail.example.edu", "mail.example.edu:587", "a b", "a..b", "-a", "[::1]"),
        *("mail.example.edu/x", "\u00e9.example.edu"),
    ),
    ("EMAIL_TLS",): ("ssl", "TLS", "true", "starttls,tls"),
    ("DEFAULT_FROM_EMAIL",): ("LMS", "lms.example.edu", "LMS <lms>"),
    ("LOG_LEVEL",): ("info", "TRACE", "10"),
    ("TEAMS_TENANT_ID",): (
        *("common", "Organizations", "CONSUMERS", "https://login.example.org/x", "../x", "a b"),
        *("..", "a\tb", "\u0663"),
    ),
}
# Of these the value may hold a secret: the line says what is wrong with it, not what it is.
WRONG_AND_SECRET: dict[tuple[str, ...], tuple[str, ...]] = {
    URLS: (
        *(f"https://u:{S3CRET}@graph.example.org", f"https://{S3CRET}@h", f"https://u:{S3CRET}"),
        *(f"http://h:{S3CRET}/x", f"https://h/?sig={S3CRET}#c"),
    ),
    ("DEFAULT_FROM_EMAIL",): (
        f"{S3CRET}@",
        f"@{S3CRET}",
        f"a@b, {S3CRET}@h",
        f"a@b\tCc: {S3CRET}@h",
    ),
    SERVERS: (
        *(f"amqp://u:{S3CRET}@h", f"{S3CRET}@h:6379", f"https://u:{S3CRET}@h", f"redis:{S3CRET}"),
        *(f"redis://:{S3CRET}@h:x", f"redis://:{S3CRET}@h:99999", f"redis://:{S3CRET}@h/x"),
        *(f"redis://h:{S3CRET}", f"redis://:{S3CRET}@[", f"redis://:{S3CRET}@h h/0", "redis://"),
        *(f"redis://:{S3CRET}@h/0?socket_timeout=3", f"rediss://:{S3CRET}@h/0?ssl_cert_reqs=x"),
        *(f"redis://:{S3CRET}@h/0?ssl_cert_reqs=required", f"rediss://:{S3CRET}@h/0?ssl_ca_certs"),
    ),
    ("DATABASE_URL",): (
        *(f"postgres://u:{S3CRET}@h:x/y", f"postgres://u:{S3CRET}@[/y", f"nonsense://u:{S3CRET}@h"),
        *(S3CRET, f"u:{S3CRET}@h/x", f"mysql://u:{S3CRET}@h/x", f"oracle://u:{S3CRET}@h/x"),
        *(f"postgis://u:{S3CRET}@h/x", f"postgres://u:{S3CRET}@h", f"postgres://u:{S3CRET}@h h/x"),
        *(f"postgres://u:{S3CRET}@h:99999/x", f"postgres://u:{S3CRET}@h/x#y", "sqlite://folder/x"),
        f"postgres://u:{S3CRET}@a..b/x",
        *(
            f"postgres://u:{S3CRET}@h/x?{options}"
            for options in (
                *("sslmode", "sslmode=", "sslmode=requir", "sslmode=require&sslmode=disable"),
                *("conn_max_age=60", "pool=true", "connect_timeout=soon", "connect_timeout=true"),
                *(f"tcp_user_timeout={'9' * 30}", "keepalives=-1"),
            )
        ),
        f"sqlite:///x?timeout={S3CRET}",
    ),
}
