"""Read a zip file safely: check its directory first, and limit what comes out while it unpacks."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from nethealth.errors import FileDamaged, FileTooLarge, PasswordProtected
from nethealth.sources import size_limits

_CHUNK = 1 << 16
_ENCRYPTED = 0x1


class Archive:
    """The files in a zip, each readable in chunks.

    Opening checks the directory (number of entries, sizes, compression ratio, duplicates, passwords). A directory can
    lie, so `chunks` also counts the bytes that really come out, over all entries together.
    """

    def __init__(self, data: bytes) -> None:
        """Open a zip. Raises FileTooLarge, PasswordProtected, or FileDamaged."""
        size_limits.check_file_size(len(data))
        if data.count(b"PK\x01\x02") > size_limits.MAX_ENTRIES:
            raise FileTooLarge("This file has thousands of parts, far more than a workbook, so we didn’t open it.")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, NotImplementedError, OverflowError, EOFError):
            raise FileDamaged from None
        self._files = [entry for entry in self._zip.infolist() if entry.filename and not entry.is_dir()]
        self._entries = {entry.filename: entry for entry in self._files}
        self._unpacked: dict[str, int] = {}
        self._check_directory(len(data))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files, in the order of the directory."""
        return tuple(self._entries)

    def size(self, name: str) -> int:
        """Return the size in bytes that the directory gives for a file."""
        return self._entries[name].file_size

    def chunks(self, name: str) -> Iterator[bytes]:
        """Unpack a file chunk by chunk. Raises FileTooLarge or FileDamaged on the way."""
        allowance = size_limits.MAX_UNPACKED_BYTES - sum(
            size for other, size in self._unpacked.items() if other != name
        )
        unpacked = 0
        if name not in self._entries:
            raise FileDamaged
        try:
            with self._zip.open(self._entries[name]) as stream:
                while chunk := stream.read(_CHUNK):
                    unpacked += len(chunk)
                    self._unpacked[name] = max(unpacked, self._unpacked.get(name, 0))
                    if unpacked > allowance:
                        size_limits.raise_unpacked_too_large()
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
            raise FileDamaged from None

    def read(self, name: str) -> bytes:
        """Unpack a whole file. Raises as `chunks` does."""
        return b"".join(self.chunks(name))

    def _check_directory(self, packed_size: int) -> None:
        entries = self._files
        if len(entries) > size_limits.MAX_ENTRIES:
            raise FileTooLarge("This file has thousands of parts, far more than a workbook, so we didn’t open it.")
        if len(entries) != len(self._entries):
            raise FileDamaged
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise PasswordProtected
        if any(entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for entry in entries):
            raise FileDamaged("This file is compressed in a way that workbooks aren’t.")
        unpacked = sum(entry.file_size for entry in entries)
        is_suspicious = (
            unpacked > size_limits.MIN_SUSPICIOUS_BYTES and unpacked > size_limits.MAX_COMPRESSION_RATIO * packed_size
        )
        if unpacked > size_limits.MAX_UNPACKED_BYTES or is_suspicious:
            size_limits.raise_unpacked_too_large()
