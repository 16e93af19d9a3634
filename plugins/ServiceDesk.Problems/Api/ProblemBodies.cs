using ServiceDesk.Problems.State;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Problems.Api;

/// <summary>What is known of a problem.</summary>
public sealed record ProblemBody(bool KnownError, string? Workaround, bool Published, string? RootCause);

/// <summary>Tickets to attach.</summary>
/// <param name="Keys">At most 200.</param>
/// <param name="Wait">Whether they shall wait for the problem.</param>
public sealed record AttachBody(IReadOnlyList<string>? Keys, bool Wait);

/// <summary>Messages to preview; what is missing is taken from the settings.</summary>
public sealed record MessageBody(string? English, string? Korean);

/// <summary>A solution to tell; a message that is missing is taken from the settings.</summary>
/// <param name="Incidents">Keys of incidents.</param>
/// <param name="English">The message for customers who read English.</param>
/// <param name="Korean">The message for customers who read Korean.</param>
/// <param name="Resolution">The id of a resolution of the problem's workflow.</param>
public sealed record SolutionBody(
    IReadOnlyList<string>? Incidents,
    string? English,
    string? Korean,
    string? Resolution
);

/// <summary>A problem with the incidents that the asking person may see.</summary>
public sealed record ProblemAnswer(
    string Key,
    bool KnownError,
    string Workaround,
    bool Published,
    string RootCause,
    IReadOnlyList<IncidentAnswer> Incidents,
    TellingAnswer? Telling
)
{
    internal static ProblemAnswer Of(TicketState problem, IReadOnlyList<TicketState> incidents)
    {
        var known = problem.Problem();
        return new ProblemAnswer(
            problem.Key.ToString(),
            known.IsKnownError,
            known.Workaround,
            known.IsPublished,
            known.RootCause,
            [.. incidents.Select(IncidentAnswer.Of)],
            known.Telling is { } telling ? TellingAnswer.Of(telling) : null
        );
    }
}

/// <summary>An incident.</summary>
public sealed record IncidentAnswer(string Key, string Summary, string Status, StatusCategory Category)
{
    internal static IncidentAnswer Of(TicketState ticket) =>
        new(ticket.Key.ToString(), ticket.Summary, ticket.Status, ticket.Category);
}

/// <summary>How far a solution has been told.</summary>
public sealed record TellingAnswer(bool Running, int All, int Told, int AlreadyDone, int Refused)
{
    internal static TellingAnswer Of(SolutionTelling telling) =>
        new(
            telling.IsRunning,
            telling.Incidents.Count,
            telling.Count(TellingOutcome.Told),
            telling.Count(TellingOutcome.AlreadyDone),
            telling.Count(TellingOutcome.Refused)
        );
}

/// <summary>Incidents.</summary>
public sealed record IncidentsAnswer(IReadOnlyList<IncidentAnswer> Items);

/// <summary>What became of each ticket that was to be attached.</summary>
public sealed record AttachedAnswer(IReadOnlyList<AttachedItem> Items);

/// <summary>What became of one ticket that was to be attached.</summary>
/// <param name="Key">As it was written.</param>
/// <param name="Attached">Whether it is attached.</param>
/// <param name="Waits">Whether it waits for the problem.</param>
/// <param name="Code">Why not.</param>
/// <param name="Detail">Why not, in a sentence.</param>
public sealed record AttachedItem(string Key, bool Attached, bool Waits, string? Code, string? Detail)
{
    internal static AttachedItem Of(Attached one, ITexts texts) =>
        new(
            one.Key,
            one.Refusal is null,
            one.Waits,
            one.Refusal?.Code,
            one.Refusal is { } refusal ? texts.Say(refusal) : null
        );
}

/// <summary>What each customer would read.</summary>
public sealed record PreviewAnswer(IReadOnlyList<PreviewItem> Items);

/// <summary>What one customer would read.</summary>
public sealed record PreviewItem(string Key, string Message, bool MayTell);
