using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Host.Sla.Reports;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Pages.Workspace;

/// <summary>A page about promises: what it shows stands in its address.</summary>
public abstract class PromisePageModel(ReaderTimes times) : PageModel
{
    /// <summary>How many days one chooses from.</summary>
    public static IReadOnlyList<int> Spans { get; } = [7, 30, 90, 365];

    [BindProperty(SupportsGet = true, Name = "agreement")]
    public string? Agreement { get; set; }

    [BindProperty(SupportsGet = true, Name = "days")]
    public string? Days { get; set; }

    [BindProperty(SupportsGet = true, Name = "from")]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true, Name = "to")]
    public string? To { get; set; }

    [BindProperty(SupportsGet = true, Name = "zone")]
    public string? Zone { get; set; }

    [BindProperty(SupportsGet = true, Name = "state")]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true, Name = "policy")]
    public string? Policy { get; set; }

    [BindProperty(SupportsGet = true, Name = "metric")]
    public string? Metric { get; set; }

    [BindProperty(SupportsGet = true, Name = "calendar")]
    public string? Calendar { get; set; }

    [BindProperty(SupportsGet = true, Name = "target")]
    public string? Target { get; set; }

    [BindProperty(SupportsGet = true, Name = "team")]
    public string? Team { get; set; }

    [BindProperty(SupportsGet = true, Name = "organization")]
    public string? Organization { get; set; }

    [BindProperty(SupportsGet = true, Name = "desk")]
    public string? Desk { get; set; }

    [BindProperty(SupportsGet = true, Name = "hour")]
    public string? Hour { get; set; }

    [BindProperty(SupportsGet = true, Name = "cause")]
    public string? Cause { get; set; }

    [BindProperty(SupportsGet = true, Name = "with")]
    public string? With { get; set; }

    /// <summary>What is asked.</summary>
    public PromiseAsk Ask { get; private set; } = null!;

    /// <summary>Whether promises between teams are shown.</summary>
    public bool IsBetweenTeams => Ask.Question.Agreement == AgreementType.Ola;

    /// <summary>Who reads.</summary>
    protected Viewer Reader => HttpContext.RequireViewer();

    /// <summary>The address of this page with the same days, customer and desk, and what else is asked.</summary>
    public string At(string page, Func<PromiseParameters, PromiseParameters>? change = null) =>
        Url.Page(page) + (change?.Invoke(Kept) ?? Kept).ToQuery();

    /// <summary>The address of the list of what a figure counts.</summary>
    public string Listed(PromiseState state, Func<PromiseParameters, PromiseParameters>? change = null) =>
        At("/Workspace/PromiseList", kept => (change?.Invoke(kept) ?? kept) with { State = PromiseWord.Of(state) });

    /// <summary>This page as a file.</summary>
    public string Csv()
    {
        var query = Given.ToQuery();
        return Request.PathBase + Request.Path + (query.HasValue ? query + "&handler=Csv" : "?handler=Csv");
    }

    // What goes from page to page: who and when, not which figure.
    private PromiseParameters Kept =>
        new()
        {
            Agreement = Agreement,
            Days = Days,
            From = From,
            To = To,
            Zone = Zone,
            Organization = Organization,
            Desk = Desk,
        };

    private PromiseParameters Given =>
        Kept with
        {
            State = State,
            Policy = Policy,
            Metric = Metric,
            Calendar = Calendar,
            Target = Target,
            Team = Team,
            Hour = Hour,
            Cause = Cause,
            With = With,
        };

    /// <summary>Reads what is asked.</summary>
    /// <returns>False when the address says something that nobody can ask.</returns>
    protected bool Reads(PromiseState state = PromiseState.Decided)
    {
        var (ask, _) = PromiseAsk.Read(Given, times.Zone, times.Now, state);
        Ask = ask!;
        return ask is not null;
    }
}
