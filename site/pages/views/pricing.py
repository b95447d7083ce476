"""All prices in force in one table, sorted, filtered and paged by links."""

from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalog.models import Provider
from catalog.price_list import price_page
from pages import browse, price_table
from pages.clock import instant


def pricing(request: HttpRequest) -> HttpResponse:
    """Show one page of the table."""
    asked, number = price_table.read(request.GET), browse.read_page(request.GET)
    size = price_table.PER_PAGE
    found = price_page(
        instant(request), sort=asked.sort, filters=asked.filters, limit=size, offset=(number - 1) * size
    )
    last = max(1, -(-found.count // size))
    context = {
        "asked": asked,
        "count": found.count,
        "rows": [price_table.write(row) for row in found.rows],
        "heads": price_table.heads(asked),
        "kinds": price_table.kinds(asked),
        "providers": Provider.objects.order_by(Lower("name")),
        "canonical": price_table.address(asked, number),
        "page": number,
        "last_page": last,
        "first_url": price_table.address(asked),
        "previous_url": price_table.address(asked, number - 1) if number > 1 else "",
        "next_url": price_table.address(asked, number + 1) if number < last else "",
    }
    return render(request, "pages/pricing.html", context)
