"""Files as LibreOffice writes them, from a flat document; skipped where it is not installed."""

import shutil
import subprocess
from pathlib import Path

import pytest

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
    )
)
_PAGE = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document {names}'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2"'
    ' office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles>'
    '<style:style style:name="two" style:family="section"><style:section-properties>'
    '<style:columns fo:column-count="2" fo:column-gap="1cm"/></style:section-properties>'
    '</style:style><style:page-layout style:name="page"><style:page-layout-properties'
    ' fo:page-width="21cm" fo:page-height="15cm" fo:margin="2cm"/><style:footer-style/>'
    "</style:page-layout></office:automatic-styles><office:master-styles><style:master-page"
    ' style:name="Standard" style:page-layout-name="page">{footer}</style:master-page>'
    "</office:master-styles><office:body><office:text>{body}"
    "</office:text></office:body></office:document>"
)


def libreoffice(folder: Path, body: str, to: str, footer: str = "") -> Path:
    """Return a .docx or .pdf that LibreOffice made of the body of a flat text document."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("no LibreOffice: apt-get install libreoffice-writer-nogui")
    source = folder / "sample.fodt"
    source.write_text(_PAGE.format(names=_NAMESPACES, body=body, footer=footer), "utf-8")
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", to]
    subprocess.run(
        [*command, "--outdir", folder, source], check=True, capture_output=True, timeout=120
    )
    return folder / f"sample.{to}"


def paragraphs(*texts: str) -> str:
    return "".join(f"<text:p>{text}</text:p>" for text in texts)
