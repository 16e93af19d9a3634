using Microsoft.AspNetCore.Mvc;
using NodaTime.Text;
using ServiceDesk.Reports.Figures;

namespace ServiceDesk.Reports.Pages;

/// <summary>The addresses of figures.</summary>
public static class Addresses
{
    /// <summary>The word of "none" in addresses.</summary>
    public const string NoGroup = "-";

    /// <summary>The list of what a cell counts.</summary>
    public static string Tickets(this IUrlHelper url, string report, TableCell cell) =>
        url.Content(
            $"~/plugins/reports/tickets?id={report}&from={LocalDatePattern.Iso.Format(cell.Bucket.First)}"
                + $"&to={LocalDatePattern.Iso.Format(cell.Bucket.Last)}&line={cell.Line}"
                + (
                    cell.Group is null
                        ? ""
                        : $"&group={Uri.EscapeDataString(cell.Group.Length > 0 ? cell.Group : NoGroup)}"
                )
        );

    /// <summary>A page of a report with its period.</summary>
    public static string Report(this IUrlHelper url, string page, string report, ReportSpan span, string more = "") =>
        url.Content(
            $"~/plugins/reports/{page}?id={report}&from={LocalDatePattern.Iso.Format(span.First)}"
                + $"&to={LocalDatePattern.Iso.Format(span.Last)}{more}"
        );

    /// <summary>The group that an address names; null for all.</summary>
    public static string? GroupOf(string? group) =>
        group == NoGroup ? string.Empty
        : string.IsNullOrEmpty(group) ? null
        : group;
}
