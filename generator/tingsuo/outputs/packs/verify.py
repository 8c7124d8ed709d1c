"""Whether a pack is whole, unchanged and signed by the expected key, and what isn't."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import checksums, facts
from .checksums import NAME, SIGNATURE, NotListable
from .contents import Contents, Fault, Unreadable, open_contents
from .facts import Facts, NotFacts
from .file_names import shown
from .minisign import MOST_PLAIN, PLAIN, NotMinisign, PublicKey, Signature, read_signature

Progress = Callable[[str, int, int], None]
ONLY_TOGETHER = "只能证明文件互相对得上，不能证明是谁做的。"
_MOST_SIGNATURE = 16 << 10


class NothingBeside(Exception):
    """There is neither a signature nor a sum to compare with; the sentence is Chinese."""


@dataclass(frozen=True)
class Verdict:
    """`files`: how many were compared; `faults`: everything that is wrong; `remarks`: what else must be said; `signed`: by the key given."""

    files: int
    faults: tuple[Fault, ...]
    remarks: tuple[str, ...] = ()
    signed: bool = False

    @property
    def whole(self) -> bool:
        """Nothing is wrong."""
        return not self.faults


def silent(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def verify(place: Path, key: PublicKey | None = None, progress: Progress = silent) -> Verdict:
    """A stick as folder or zip, an update, or any single file with a `.minisig` or `.sha256` beside it."""
    # Late: an update is read with this module.
    from .update import MANIFEST, verify_update

    if not place.is_dir() and place.suffix.lower() != ".zip":
        return verify_file(place, key)
    try:
        contents = open_contents(place)
    except Unreadable as problem:
        return Verdict(0, tuple(problem.faults))
    try:
        inside = verify_update(contents, key, progress) if MANIFEST in contents.sizes else verify_pack(contents, key, progress)
    finally:
        contents.close()
    beside = _beside(place, key) if place.is_file() else None
    bare = NAME not in contents.sizes and MANIFEST not in contents.sizes
    # A zip of another kind is a file like any other; one of ours may be signed beside instead of inside.
    if beside and (bare or (beside.signed and inside.whole and not inside.signed)):
        return beside
    return Verdict(inside.files, inside.faults + (beside.faults if beside else ()), inside.remarks, inside.signed)


def verify_pack(contents: Contents, key: PublicKey | None, progress: Progress = silent) -> Verdict:
    """Every file of the list present and unchanged, none besides, the list signed by the key."""
    faults = list(contents.faults)
    if contents.unfinished:
        faults.append(Fault("上一次更新没有做完，再运行一次 tingsuo apply 就会接着做完"))
    try:
        listed = contents.whole(NAME, checksums.MOST_BYTES)
    except Unreadable as problem:
        missing = [Fault(f"没有清单 {NAME}：不是庭所的离线包，或者清单被删了")]
        return Verdict(0, (*faults, *(missing if NAME not in contents.sizes else problem.faults)))
    try:
        sums = checksums.read(listed)
    except NotListable as problem:
        return Verdict(0, (*faults, *map(Fault, problem.sentences)))
    wrong, remarks, signed = check_signature(contents, SIGNATURE, listed, key, _facts(contents))
    faults += wrong
    faults += file_faults(contents, sums, progress)
    if contents.left:
        remarks.append(f"系统自己放的文件没有算进去：{'、'.join(map(shown, contents.left[:5]))}" + ("等" if len(contents.left) > 5 else ""))
    return Verdict(len(sums), tuple(faults), tuple(remarks), signed)


def file_faults(contents: Contents, sums: dict[str, str], progress: Progress = silent) -> list[Fault]:
    """Files that are missing, changed or too many."""
    refused = {fault.name for fault in contents.faults}
    faults = [Fault("少了文件", name) for name in sums if name not in contents.sizes and name not in refused]
    present = [name for name in sums if name in contents.sizes]
    for count, name in enumerate(present, start=1):
        try:
            if checksums.digest(contents.pieces(name)) != sums[name]:
                faults.append(Fault("内容变了", name))
        except Unreadable as problem:
            faults += problem.faults
        progress("核对", count, len(present))
    return faults + [Fault("多出来的文件", name) for name in contents.sizes if name not in sums and name not in checksums.UNLISTED]


def _facts(contents: Contents) -> Facts | None:
    try:
        return Facts.read(contents.whole(facts.NAME, facts.MOST_BYTES))
    except (Unreadable, NotFacts):
        return None


def check_signature(contents: Contents, name: str, signed: bytes, key: PublicKey | None, about: Facts | None) -> tuple[list[Fault], list[str], bool]:
    """The signature file `name` over the bytes `signed` → what is wrong, what must be said, whether the key signed."""
    if name not in contents.sizes:
        if about and about.key:
            return [Fault("签名不见了，做的时候是签了名的", name)], [], False
        if key:
            return [Fault(f"没有签名（{name}）：给了公钥，就应当有签名")], [], False
        return [], [f"没有签名。{ONLY_TOGETHER}"], False
    try:
        signature = read_signature(contents.whole(name, _MOST_SIGNATURE).decode("utf-8"))
    except UnicodeDecodeError:
        return [Fault("签名文件看不懂：应当是 minisign 格式的四行", name)], [], False
    except NotMinisign as problem:
        return [Fault(str(problem), name)], [], False
    except Unreadable as problem:
        return problem.faults, [], False
    return _judged(signature, name, signed, key)


def _judged(signature: Signature, name: str, signed: bytes, key: PublicKey | None) -> tuple[list[Fault], list[str], bool]:
    if not key:
        return [], [f"有签名，但没有给公钥（--key），没有核是谁签的。{ONLY_TOGETHER}"], False
    if why := signature.refused(key, [signed]):
        return [Fault(why, name)], [], False
    return [], [said(signature)], True


def said(signature: Signature) -> str:
    """What a good signature vouches for beside the files, in Chinese where it is ours."""
    parts = dict(part.partition(":")[::2] for part in signature.comment.split("\t"))
    if parts.get("edition") and parts.get("date"):
        return f"签名对得上。签名里写着：版本 {shown(parts['edition'])}，签名日期 {shown(parts['date'])}。"
    return f"签名对得上。签名里写着：{shown(signature.comment.replace(chr(9), '，'))}"


def verify_file(place: Path, key: PublicKey | None) -> Verdict:
    """A single file against what lies beside it; NothingBeside when nothing does."""
    found = _beside(place, key)
    if found:
        return found
    raise NothingBeside(f"旁边没有 {place.name}.minisig，也没有 {place.name}.sha256，没有东西可以核对。")


def _beside(place: Path, key: PublicKey | None) -> Verdict | None:
    """What FILE.minisig and FILE.sha256 say of FILE; None when there are none."""
    signature, listed = place.with_name(place.name + ".minisig"), place.with_name(place.name + ".sha256")
    if not signature.is_file() and not listed.is_file():
        return None
    faults: list[Fault] = []
    remarks: list[str] = []
    signed = False
    try:
        if listed.is_file():
            faults += _listed_faults(place, listed)
        if signature.is_file():
            read = read_signature(signature.read_bytes()[:_MOST_SIGNATURE].decode("utf-8"))
            if read.way == PLAIN and place.stat().st_size > MOST_PLAIN:
                faults.append(Fault("旧式签名只能用在小文件上", signature.name))
            elif not key:
                remarks.append(f"有签名，但没有给公钥（--key），没有核是谁签的。{ONLY_TOGETHER}")
            elif why := read.refused(key, checksums.chunks(place)):
                faults.append(Fault(why, signature.name))
            else:
                signed = True
                remarks.append(said(read))
        elif key:
            faults.append(Fault(f"没有签名（{signature.name}）：给了公钥，就应当有签名"))
        else:
            remarks.append(f"没有签名。{ONLY_TOGETHER}")
    except NotMinisign as problem:
        faults.append(Fault(str(problem), signature.name))
    except UnicodeDecodeError:
        faults.append(Fault("看不懂", signature.name))
    except OSError:
        faults.append(Fault("读不出来", place.name))
    return Verdict(1, tuple(faults), tuple(remarks), signed)


def _listed_faults(place: Path, listed: Path) -> list[Fault]:
    try:
        sums = checksums.read(listed.read_bytes()[: checksums.MOST_BYTES])
    except NotListable as problem:
        return [Fault(sentence.replace(f"清单 {NAME}", f"清单 {listed.name}")) for sentence in problem.sentences]
    if place.name not in sums:
        return [Fault(f"清单 {listed.name} 里没有这个文件", place.name)]
    return [] if checksums.digest(checksums.chunks(place)) == sums[place.name] else [Fault("内容变了", place.name)]
