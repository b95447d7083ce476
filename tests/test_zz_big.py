import time, pytest
from catalog import lookup
from catalog.models import Alias, Variant
from rows import a_family
pytestmark = pytest.mark.django_db
def test_big():
    f=a_family()
    many=[Variant(family=f,model_id=f"claude-filler-{n:06}",slug=f"filler-{n:06}") for n in range(100_000)]
    Variant.objects.bulk_create(many, batch_size=5000)
    Alias.objects.bulk_create([Alias(variant=o,alias_id=o.model_id+"-latest") for o in many[:50000]], batch_size=5000)
    for w in ("claude-sonet-4-6","gpt54","x"*200,"claude/claude-filler-04242","ab-"*66, "qqqq"):
        t=time.perf_counter(); r=lookup.suggestions(w); print(w[:20], round(time.perf_counter()-t,3), [x.model_id for x in r])
