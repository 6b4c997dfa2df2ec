"""A door between a client and a server on this machine, which a test can shut."""

import socket
import threading
from contextlib import suppress


class Gate:
    """Forwards TCP connections from ``host`` and ``port`` to a server's port. Shut: whoever is
    connected is cut off, and who knocks is refused.
    """

    def __init__(self, behind: int, host: str = "127.0.0.1") -> None:
        self._behind = behind
        self._lock = threading.Lock()
        self._sockets: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._listener: socket.socket | None = None
        self.host, self.port = host, 0
        self.open()

    def open(self) -> None:
        self._listener = self._listen()
        self.port = self._listener.getsockname()[1]
        self._start(self._welcome, self._listener)

    def shut(self) -> None:
        if self._listener is not None:
            _end(self._listener)
            self._listener = None
        self.cut()

    def cut(self) -> None:
        """Whoever is connected is cut off, and may come back at once."""
        with self._lock:
            for connection in self._sockets:
                _end(connection)
            self._sockets.clear()

    def close(self) -> None:
        """For good; leaves no thread behind."""
        self.shut()
        for thread in self._threads:
            thread.join(timeout=10)

    def _listen(self) -> socket.socket:
        return socket.create_server((self.host, self.port))

    def _welcome(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                try:
                    server = socket.create_connection(("127.0.0.1", self._behind))
                except OSError:  # nobody is behind: the next one may have more luck
                    _end(client)
                    continue
                with self._lock:
                    self._sockets |= {client, server}
                self._start(self._carry, client, server)
                self._start(self._carry, server, client)

    def _carry(self, source: socket.socket, destination: socket.socket) -> None:
        with suppress(OSError):
            while chunk := source.recv(65536):
                destination.sendall(chunk)
        with self._lock:
            self._sockets -= {source, destination}
        _end(source)
        _end(destination)

    def _start(self, work: object, *arguments: socket.socket) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()


def _end(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
