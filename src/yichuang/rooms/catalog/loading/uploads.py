"""What somebody hands in: a workbook or the CSV files packed together, looked at from outside before it is opened."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from ..rules import ItemSpec
from .folder import NOTHING, WORKBOOK, TownFolder, read_files, unread

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024  # a whole town is 2 MB unpacked
MOST_ENTRIES = 2000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # OLE: an old .xls, and every workbook with a password
_MEGABYTE = 1024 * 1024


def read_upload(content: bytes, *, beside: Mapping[str, ItemSpec] = NOTHING) -> TownFolder:
    """一个文件：an XLSX workbook, or a zip file of the CSV files. What it is decides its content, never its name."""
    if not content:
        return unread(WORKBOOK, "文件是空的")
    if len(content) > MOST_BYTES:
        return unread(WORKBOOK, _too_large(len(content)))
    if content.startswith(_OLD_OFFICE):
        return unread(WORKBOOK, "加了密码，或者是旧的 .xls。请去掉密码，另存为 .xlsx 再传")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read_packed(archive, content, beside)
    except zipfile.BadZipFile:
        return unread(WORKBOOK, "不是工作簿（.xlsx），也不是 CSV 文件的压缩包（.zip），或者文件坏了")


def kind_of(content: bytes) -> str:
    """The media type of what `read_upload` has taken."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return XLSX if "xl/workbook.xml" in archive.namelist() else ZIP


def read_path(path: Path, *, beside: Mapping[str, ItemSpec] = NOTHING) -> TownFolder:
    """The same for a path: a folder of CSV files, a workbook, or a zip file."""
    if not path.is_dir():
        if path.stat().st_size > MOST_BYTES:
            return unread(WORKBOOK, _too_large(path.stat().st_size))
        return read_upload(path.read_bytes(), beside=beside)
    files = sorted(path.glob("*.csv"))
    if sum(file.stat().st_size for file in files) > MOST_UNPACKED:
        return unread(path.name, f"文件太大，合起来最多 {MOST_UNPACKED // _MEGABYTE} MB")
    return read_files({file.name: file.read_bytes() for file in files}, beside=beside)


def _read_packed(archive: zipfile.ZipFile, content: bytes, beside: Mapping[str, ItemSpec]) -> TownFolder:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    unpacked = sum(entry.file_size for entry in entries)  # more than this is never read: zipfile stops there
    if unpacked > MOST_UNPACKED or len(entries) > MOST_ENTRIES:
        most = MOST_UNPACKED // _MEGABYTE
        return unread(WORKBOOK, f"展开有 {unpacked // _MEGABYTE} MB、{len(entries)} 个部分，最多 {most} MB")
    if any(entry.flag_bits & 1 for entry in entries):
        return unread(WORKBOOK, "压缩包加了密码，请去掉密码再传")
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" in names:
        from .workbook_reading import read_workbook  # openpyxl: 0.2 s and 20 MB that no other page needs

        return read_workbook(content, beside=beside)
    if "xl/workbook.bin" in names:
        return unread(WORKBOOK, "是 .xlsb 格式，请另存为 .xlsx 再传")
    wanted = [entry for entry in entries if _is_csv(entry.filename)]
    if not wanted:
        return unread(WORKBOOK, "不是工作簿（.xlsx），里面也没有 CSV 文件")
    files: dict[str, bytes] = {}
    for entry in wanted:
        name = PurePosixPath(entry.filename).name
        if name in files:
            return unread(name, "压缩包里有两个同名的文件")
        try:
            files[name] = archive.read(entry)
        except Exception:  # a broken packing fails in many ways
            return unread(name, "解压不开，压缩包可能坏了")
    return read_files(files, beside=beside)


def _is_csv(name: str) -> bool:
    """Not what a Mac packs along."""
    path = PurePosixPath(name.replace("\\", "/"))
    hidden = path.name.startswith(".") or path.parts[0] == "__MACOSX"
    return path.suffix.lower() == ".csv" and not hidden


def _too_large(size: int) -> str:
    return f"有 {-(-size // _MEGABYTE)} MB，最多 {MOST_BYTES // _MEGABYTE} MB"
