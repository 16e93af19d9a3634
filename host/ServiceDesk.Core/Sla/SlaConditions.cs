using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Sla;

/// <summary>What the conditions of metrics mean.</summary>
/// <param name="matches">The query language. Asked at the instant of the event under its configuration, with the clocks before it.</param>
/// <param name="plugins">What plugins' triggers mean; null without plugins.</param>
public sealed class SlaConditions(TicketCondition matches, PluginHappening? plugins = null)
{
    private const string Where = " where ";
    private const string Of = " of ";

    /// <summary>Whether the ticket matches after a change; an empty query matches all.</summary>
    public bool Matches(string? query, TicketChange change) => Matches(query, change.After, change);

    /// <summary>Whether the ticket, as it is given, matches; an empty query matches all.</summary>
    public bool Matches(string? query, TicketState ticket, TicketChange change) =>
        string.IsNullOrWhiteSpace(query)
        || matches(query, new TicketSnapshot(ticket, change.Clocks), change.Recorded.At, change.Configuration);

    /// <summary>The first condition that comes true with a change; null when none does. For start, stop, reset and cancel.</summary>
    public SlaCondition? Coming(ValueList<SlaCondition> conditions, TicketChange change) =>
        conditions.FirstOrDefault(condition => Comes(condition, change));

    /// <summary>The first condition that holds after a change; null when none does. For pause.</summary>
    public SlaCondition? Holding(ValueList<SlaCondition> conditions, TicketChange change) =>
        conditions.FirstOrDefault(condition => Holds(condition, change.After, change));

    /// <summary>A condition in the notation that clocks and ledgers show, such as <c>status = waiting-for-customer</c>.</summary>
    public static string Notation(SlaCondition condition)
    {
        var query = condition.Query ?? string.Empty;
        var happens = condition switch
        {
            { On: { } happening, Of: { } of } => $"{happening}{Of}{of}",
            { On: { } happening } => happening,
            { Status: { } status } => $"status = {status}",
            { Category: { } category } => $"category = {category.ToString().ToLowerInvariant()}",
            _ => string.Empty,
        };
        return happens.Length == 0 ? query
            : query.Length == 0 ? happens
            : $"{happens}{Where}{query}";
    }

    /// <summary>The condition that <see cref="Notation"/> wrote, without the parameters of a plugin's trigger.</summary>
    public static SlaCondition Read(string notation)
    {
        var at = notation.IndexOf(Where, StringComparison.Ordinal);
        return at > 0 && Simple(notation[..at]) is { } happens
                ? happens with
                {
                    Query = notation[(at + Where.Length)..],
                }
            : Simple(notation) is { } simple ? simple
            : new SlaCondition { Query = notation };
    }

    private static SlaCondition? Simple(string notation)
    {
        var at = notation.IndexOf(Of, StringComparison.Ordinal);
        var word = at > 0 ? notation[..at] : notation;
        if (SlaHappenings.Takes(word) is not null || word == SlaHappenings.Merged || IsPluginWord(word))
        {
            return new SlaCondition { On = word, Of = at > 0 ? notation[(at + Of.Length)..] : null };
        }

        return notation.Split(" = ") switch
        {
            ["status", var status] when !status.Contains(' ', StringComparison.Ordinal) => new SlaCondition
            {
                Status = status,
            },
            ["category", var name] when Enum.TryParse<StatusCategory>(name, ignoreCase: true, out var category) =>
                new SlaCondition { Category = category },
            _ => null,
        };
    }

    // Triggers of plugins begin with the plugin's id; no query is one word alone.
    private static bool IsPluginWord(string word) =>
        word.Contains('.', StringComparison.Ordinal)
        && word.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '-');

    private bool Comes(SlaCondition condition, TicketChange change) =>
        condition.On is { } happening
            ? Happens(happening, condition, change) && Matches(condition.Query, change)
            : Holds(condition, change.After, change)
                && (change.Before is null || !Holds(condition, change.Before, change));

    private bool Holds(SlaCondition condition, TicketState ticket, TicketChange change) =>
        condition is { On: null } and not { Status: null, Category: null, Query: null or "" }
        && (condition.Status is null || ticket.Status == condition.Status)
        && (condition.Category is null || ticket.Category == condition.Category)
        && Matches(condition.Query, ticket, change);

    private bool Happens(string happening, SlaCondition condition, TicketChange change) =>
        SlaHappenings.Takes(happening) is { } takes
            ? SlaHappenings.Happens(happening, change)
                && (condition.Of is not { } of || IsOf(takes, of, happening, change))
            : plugins?.Invoke(happening, change.Recorded, condition.With) == true;

    private bool IsOf(HappeningOf takes, string of, string happening, TicketChange change) =>
        takes switch
        {
            HappeningOf.Field => SlaHappenings.IsOfField(of, change),
            HappeningOf.Approval => SlaHappenings.IsOfApproval(of, change),
            HappeningOf.Team => Matches(
                SlaHappenings.IsOfTeam(of),
                happening == "team-left" ? change.Before! : change.After,
                change
            ),
            _ => false,
        };
}

/// <summary>An event with the ticket before (null for the first) and after it, the clocks before it and the configuration it was decided under.</summary>
public sealed record TicketChange(
    TicketState? Before,
    TicketState After,
    RecordedEvent Recorded,
    ValueList<SlaClock> Clocks,
    IConfiguration Configuration
);
