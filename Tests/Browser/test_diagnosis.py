"""What happened in a sync, and the report that may be shown to anybody."""

import re


def test_a_sync_tells_step_by_step_what_happened(owner, owned, acme):
    owned.project.connect(acme)
    owner.opens("/connections/acme-dana")
    owner.page.get_by_role("region", name="Syncs").get_by_role("link").first.click()
    owner.sees_page("Sync")
    transcript = owner.page.get_by_label("What happened, step by step")
    assert not transcript.is_visible()
    owner.page.get_by_text("What happened, step by step").click()
    transcript.wait_for(state="visible")
    text = transcript.inner_text()
    assert re.search(r"tasks\.list GET /api/v1/\S+ 200", text), text
    assert "ended complete" in text
    assert "dana" not in text and acme.key not in text
    owner.keeps_picture("a sync step by step")


def test_a_report_is_downloaded_and_tells_nobody_whose_account_it_is(owner, owned, acme):
    owned.project.connect(acme)
    owner.opens("/connections/acme-dana")
    with owner.page.expect_download() as waiting:
        owner.follows("Download diagnosis")
    download = waiting.value
    assert download.suggested_filename == "max-diagnosis.txt"
    text = download.path().read_text()
    assert text.startswith("Max diagnosis, form 1")
    assert "setup × sync × freshness: active × complete × fresh" in text
    for word in ["dana", "acme.test", acme.key, "127.0.0.1", str(owned.project.folder)]:
        assert word not in text, word
