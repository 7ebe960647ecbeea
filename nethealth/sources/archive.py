"""A zip file that is looked at before it is opened, and minded while it unpacks."""

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
    """The entries of a zip, each readable in chunks.

    The directory is checked when it is opened (entries, sizes, ratio, duplicates, passwords). Since one can lie,
    what really comes out is counted as well, over all entries together.
    """

    def __init__(self, data: bytes) -> None:
        """Raises FileTooLarge, FileLocked or FileDamaged."""
        size_limits.check_file_size(len(data))
        if data.count(b"PK\x01\x02") > size_limits.MAX_ENTRIES:
            raise FileTooLarge("This file holds thousands of parts, far more than a workbook has.")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, NotImplementedError, OverflowError, EOFError):
            raise FileDamaged from None
        self._files = [entry for entry in self._zip.infolist() if entry.filename and not entry.is_dir()]
        self._entries = {entry.filename: entry for entry in self._files}
        self._unpacked: dict[str, int] = {}
        self._refuse_directory(len(data))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the entries that are files, in the order of the directory."""
        return tuple(self._entries)

    def size(self, name: str) -> int:
        """How large an entry says it is, in bytes."""
        return self._entries[name].file_size

    def chunks(self, name: str) -> Iterator[bytes]:
        """The unpacked bytes of an entry, piece by piece. Raises FileTooLarge or FileDamaged on the way."""
        room = size_limits.MAX_UNPACKED_BYTES - sum(size for other, size in self._unpacked.items() if other != name)
        unpacked = 0
        if name not in self._entries:
            raise FileDamaged
        try:
            with self._zip.open(self._entries[name]) as stream:
                while chunk := stream.read(_CHUNK):
                    unpacked += len(chunk)
                    self._unpacked[name] = max(unpacked, self._unpacked.get(name, 0))
                    if unpacked > room:
                        size_limits.raise_unpacked_too_large()
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
            raise FileDamaged from None

    def read(self, name: str) -> bytes:
        """All of an entry. Raises as `chunks` does."""
        return b"".join(self.chunks(name))

    def _refuse_directory(self, packed: int) -> None:
        entries = self._files
        if len(entries) > size_limits.MAX_ENTRIES:
            raise FileTooLarge("This file holds thousands of parts, far more than a workbook has.")
        if len(entries) != len(self._entries):
            raise FileDamaged
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise PasswordProtected
        if any(entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for entry in entries):
            raise FileDamaged("This file is packed in a way that workbooks are not.")
        unpacked = sum(entry.file_size for entry in entries)
        is_suspicious = (
            unpacked > size_limits.MIN_SUSPICIOUS_BYTES and unpacked > size_limits.MAX_COMPRESSION_RATIO * packed
        )
        if unpacked > size_limits.MAX_UNPACKED_BYTES or is_suspicious:
            size_limits.raise_unpacked_too_large()
