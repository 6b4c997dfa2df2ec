"""Real servers for tests and the demo, on 127.0.0.1 and free ports, in folders of their own."""
