import io
from datetime import datetime
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from yichuang.ground import clock, papers
from yichuang.ground.refusals import Refused

SAMPLE = Path(__file__).with_name("sample.typ")
AT = datetime(2026, 11, 23, 9, 5, tzinfo=clock.TOWN_TIME)


def facts(**other):
    return {
        "format": "roll",
        "at": AT,
        "day": AT.date(),
        "hall": "大圩镇便民服务中心",
        "number": "20261123-0231",
        "applicant": "李桂兰",
        "items": ["居民身份证补领", "新生儿出生一件事"],
        "phone": "138****1234",
        "note": "",
        "materials": [["居民户口簿", 1], ["结婚证（原件）", 2]],
        "qr": papers.qr_svg("https://example.invalid/track/AbCdEf"),
        **other,
    }


def read(pdf):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("form", ["roll", "a5", "a5-flat", "a4"])
def test_a_slip_says_what_it_was_told(form):
    pdf = papers.typeset(SAMPLE, facts(format=form), at=AT)
    text = read(pdf).replace("\n", "")
    for said in (
        "收件凭证",
        "20261123-0231",
        "李桂兰",
        "居民身份证补领、新生儿出生一件事",
        "结婚证（原件）",
        "演示用章",
    ):
        assert said in text
    assert "2026年11月23日" in text.replace(" ", "")
    assert "备注" not in text, "a row without a value is left out"


def test_it_embeds_its_typeface_and_is_fit_for_archives():
    pdf = papers.typeset(SAMPLE, facts(), at=AT)
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    fonts = [each.get_object() for each in reader.pages[0]["/Resources"]["/Font"].values()]
    descriptors = [font["/DescendantFonts"][0]["/FontDescriptor"] for font in fonts]
    assert fonts
    assert all("NotoSansSC" in font["/BaseFont"] for font in fonts)
    assert all("/FontFile2" in each or "/FontFile3" in each for each in descriptors)
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert reader.metadata.creation_date == AT


def test_the_same_facts_at_the_same_moment_give_the_same_bytes():
    assert papers.typeset(SAMPLE, facts(), at=AT) == papers.typeset(SAMPLE, facts(), at=AT)


@pytest.mark.parametrize(
    "written",
    [
        "#strong[x]",
        "$a^2$",
        "*粗*",
        "_斜_",
        "@ref",
        r"\ \u{41}",
        "<lab>",
        "`code`",
        "// --",
        "= 标题",
        '#read("/etc/passwd")',
        "[a](b)",
        "{{x}}",
        "'q'",
    ],
)
def test_what_a_person_writes_is_printed_as_it_is(written):
    assert f"备注 {written}" in read(papers.typeset(SAMPLE, facts(note=written), at=AT))


def test_a_long_address_breaks_and_stays_readable_for_a_search():
    address = "https://example.invalid/verify/abcdefghijklmnopqrstuvwxyz0123456789"
    lines = read(papers.typeset(SAMPLE, facts(note=address), at=AT))
    assert address in lines.replace("\n", "")
    assert address not in lines


@pytest.mark.parametrize("name", ["𬴂㛃䶮堃喆犇", "欧阳娜", "买买提·艾力", "Müller"])
def test_rare_characters_of_names_are_printed(name):
    assert name in read(papers.typeset(SAMPLE, facts(applicant=name), at=AT))


def test_a_name_that_the_typeface_cannot_show_is_refused():
    with pytest.raises(Refused) as caught:
        papers.typeset(SAMPLE, facts(materials=[["李𠔻𠔻的身份证", 1]]), at=AT)
    assert caught.value.code == "paper_characters"
    assert caught.value.wrong == "打印字库里没有“𠔻”这个字，不能排版。"


def test_an_emoji_becomes_a_box_and_unseen_signs_vanish():
    text = read(papers.typeset(SAMPLE, facts(note="谢谢😀\u200d\x00👍\ufe0f好"), at=AT))
    assert "谢谢□□好" in text


def test_a_drawn_signature_is_taken_as_bytes(settings, tmp_path):
    drawn = io.BytesIO()
    Image.new("L", (40, 12), 255).save(drawn, "PNG")
    pdf = typeset_alone(
        settings, tmp_path, '签名：#picture(facts.drawn, alt: "签名")', {"drawn": drawn.getvalue()}
    )
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].images) == 1


def test_a_missing_typeface_is_said_plainly(settings, tmp_path):
    settings.ASSETS = tmp_path
    with pytest.raises(papers.PaperTrouble, match=r"NotoSansSC-Regular\.ttf is missing"):
        papers.typeset(SAMPLE, facts(), at=AT)


def test_a_pdf_without_the_typeface_is_never_handed_out(settings, tmp_path):
    with pytest.raises(papers.PaperTrouble, match="does not embed"):
        typeset_alone(settings, tmp_path, "#rect()", {})


def test_a_wrong_template_says_where(settings, tmp_path):
    with pytest.raises(papers.PaperTrouble, match="applicant"):
        typeset_alone(settings, tmp_path, "#facts.applicant", {})


def test_a_template_outside_the_package_is_not_used(tmp_path):
    with pytest.raises(papers.PaperTrouble, match="outside"):
        papers.typeset(tmp_path / "x.typ", {}, at=AT)


def test_a_fact_that_cannot_be_shown_is_a_mistake():
    with pytest.raises(TypeError, match="object"):
        papers.typeset(SAMPLE, facts(note=object()), at=AT)


def typeset_alone(settings, folder, body, facts):
    """A template of one line in a package of its own."""
    base = folder / "ground" / "paper_templates" / "base.typ"
    base.parent.mkdir(parents=True)
    base.write_text((SAMPLE.parents[1] / "paper_templates" / "base.typ").read_text())
    template = folder / "alone.typ"
    template.write_text(
        f'#import "/ground/paper_templates/base.typ": *\n#show: paper.with("a5", title: "单页")\n{body}'
    )
    settings.PACKAGE = folder
    return papers.typeset(template, facts, at=AT)
