using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using NodaTime;
using ServiceDesk.Core.Sla.Forecasts;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Host.Sla.Forecasts;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>
/// Which clocks will break in the next working days, and which would if something were otherwise. The address says all of it;
/// nothing is stored. What a form of the page supposes is added to the address.
/// </summary>
[Authorize(Policy = Permissions.WorkTickets)]
public sealed class ForecastModel(
    ForecastReading reading,
    SlaForecasts forecasts,
    ReaderTimes times,
    ICurrentConfiguration configuration,
    ITexts texts
) : PageModel
{
    /// <summary>How many clocks a list shows.</summary>
    public const int MostShown = 50;

    private static readonly string[] Names =
    [
        "desk",
        "team",
        "days",
        "pace",
        "answer",
        "late",
        "paused",
        "off",
        "present",
        "more",
        "works",
        "move",
    ];

    private ValueList<Refusal> wrong = [];

    /// <summary>How many working days one can choose.</summary>
    public static IReadOnlyList<int> Spans { get; } = [1, 3, 5, 10, 20];

    [BindProperty(SupportsGet = true)]
    public string? Desk { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Team { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Days { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Pace { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Answer { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Late { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Paused { get; set; }

    [BindProperty(SupportsGet = true)]
    public string[] Off { get; set; } = [];

    [BindProperty(SupportsGet = true)]
    public string[] Present { get; set; } = [];

    [BindProperty(SupportsGet = true)]
    public string[] More { get; set; } = [];

    [BindProperty(SupportsGet = true)]
    public string[] Works { get; set; } = [];

    [BindProperty(SupportsGet = true)]
    public string[] Move { get; set; } = [];

    /// <summary>The forecast.</summary>
    public ForecastReport Report { get; private set; } = null!;

    /// <summary>What was not understood.</summary>
    public IReadOnlyList<string> Errors => [.. wrong.Select(texts.Say).Distinct(StringComparer.Ordinal)];

    /// <summary>The desks that the reader works on.</summary>
    public IReadOnlyList<DeskDocument> Desks =>
        [
            .. configuration
                .Snapshot.All<DeskDocument>()
                .Where(desk => HttpContext.RequireViewer().WorksOn(desk.Id))
                .OrderBy(desk => desk.Order)
                .ThenBy(desk => desk.Id, StringComparer.Ordinal),
        ];

    /// <summary>The zone whose days are counted.</summary>
    public DateTimeZone Zone => times.Zone;

    /// <summary>The next Friday, or today's tomorrow when that is one: what most ask about.</summary>
    public LocalDate Someday => times.Now.InZone(times.Zone).Date.Next(IsoDayOfWeek.Friday);

    /// <summary>The next Saturday.</summary>
    public LocalDate Saturday => times.Now.InZone(times.Zone).Date.Next(IsoDayOfWeek.Saturday);

    /// <summary>Reckons; or adds to the address what a form supposes.</summary>
    /// <param name="who">Who would be off, or would have the ticket.</param>
    /// <param name="from">The first day off, or the day that a team works.</param>
    /// <param name="to">The last day off.</param>
    /// <param name="which">The team that would have more people or work on a day.</param>
    /// <param name="many">How many more.</param>
    /// <param name="key">The ticket that would be somebody else's.</param>
    public async Task<IActionResult> OnGetAsync(
        string? who,
        string? from,
        string? to,
        string? which,
        string? many,
        string? key,
        CancellationToken cancellation
    )
    {
        if (Supposed(who, from, to, which, many, key) is { } supposed)
        {
            return LocalRedirect(AddressWith(supposed.Name, supposed.Value));
        }

        var viewer = HttpContext.RequireViewer();
        (var question, wrong) = await reading.ReadAsync(viewer, new WrittenForecast(Values), cancellation);
        Report = await forecasts.ReadAsync(viewer, question, times.Zone, cancellation);
        if (wrong.Count > 0)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
        }

        return Page();
    }

    /// <summary>The address with one more value of a parameter.</summary>
    public string AddressWith(string name, string value) => Address(Pairs().Append((name, value)).Distinct());

    /// <summary>The address without a value of a parameter.</summary>
    public string AddressWithout(string name, string value) => Address(Pairs().Where(pair => pair != (name, value)));

    /// <summary>The address as nothing is supposed.</summary>
    public string AddressAsItIs() =>
        Address(Pairs().Where(pair => pair.Name is not ("off" or "present" or "more" or "works" or "move")));

    /// <summary>The parameters of the address but some, to be kept by a form.</summary>
    public IEnumerable<(string Name, string Value)> Kept(params IReadOnlyCollection<string> but) =>
        Pairs().Where(pair => !but.Contains(pair.Name, StringComparer.Ordinal));

    private IEnumerable<(string Name, string Value)> Pairs() =>
        Names.SelectMany(name =>
            Values(name).Where(value => !string.IsNullOrWhiteSpace(value)).Select(value => (name, value.Trim()))
        );

    private IReadOnlyList<string> Values(string name) =>
        name switch
        {
            "desk" => [Desk ?? ""],
            "team" => [Team ?? ""],
            "days" => [Days ?? ""],
            "pace" => [Pace ?? ""],
            "answer" => [Answer ?? ""],
            "late" => [Late ?? ""],
            "paused" => [Paused ?? ""],
            "off" => Off,
            "present" => Present,
            "more" => More,
            "works" => Works,
            _ => Move,
        };

    private string Address(IEnumerable<(string Name, string Value)> pairs) =>
        QueryHelpers.AddQueryString(
            Url.Page("/Workspace/Forecast", null, new RouteValueDictionary(), null)!.Split('?')[0],
            pairs.Select(pair => KeyValuePair.Create<string, string?>(pair.Name, pair.Value))
        );

    private static (string Name, string Value)? Supposed(
        string? who,
        string? from,
        string? to,
        string? which,
        string? many,
        string? key
    ) =>
        Has(key) && Has(who) ? ("move", $"{key!.Trim()}:{who}")
        : Has(who) && Has(from) ? ("off", Has(to) && to != from ? $"{who}:{from}..{to}" : $"{who}:{from}")
        : Has(which) && Has(from) ? ("works", $"{which}:{from}")
        : Has(which) && Has(many) ? ("more", $"{which}:{many}")
        : null;

    private static bool Has(string? text) => !string.IsNullOrWhiteSpace(text);
}
