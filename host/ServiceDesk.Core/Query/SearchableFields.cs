using System.Globalization;
using NodaTime.Text;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Query;

/// <summary>One comparable value of a field: what queries compare in memory and what stands in the database, made by the same code.</summary>
/// <param name="Field">The configured field's id, or a plugin's query field as <see cref="SearchableFields.PluginKey"/> writes it.</param>
/// <param name="Ordinal">0, or the place among several values of the field.</param>
/// <param name="Text">Folded text, a choice's id, the id of a person, organization or team in digits, or a date as yyyy-MM-dd; at most 400 characters.</param>
/// <param name="Number">A number, 0 and 1 of a flag, the seconds of a duration, or the id of a person, organization or team, by which its name is found.</param>
/// <param name="Moment">Unix ticks of a moment.</param>
public sealed record SearchableValue(string Field, int Ordinal, string? Text, double? Number, long? Moment);

/// <summary>
/// The comparable values of a ticket's fields. Long text is cut into pieces of 400 characters that overlap by 200, so that
/// each term of a search, being at most 200 characters long, stands whole in one of them.
/// </summary>
public static class SearchableFields
{
    /// <summary>How much of a text stands in one value.</summary>
    public const int PieceLength = 400;

    private const int PieceStep = 200;

    /// <summary>Under which name the value of a plugin's query field is kept, so that it never meets a configured field's id.</summary>
    public static string PluginKey(string name) => "plugin:" + name;

    /// <summary>Under which name the words of a plugin's condition are kept, so that they never meet a query field.</summary>
    public static string FunctionKey(string name) => PluginKey(name) + "()";

    /// <summary>Under which name the state of the approval is kept that the status asked for, else of the newest one, those that customers asked aside.</summary>
    public const string ApprovalKey = "approval:state";

    /// <summary>Under which name the language of the requester is kept.</summary>
    public const string LanguageKey = "requester:language";

    /// <summary>Under which name the place of the organization is kept.</summary>
    public const string RegionKey = "organization:region";

    /// <summary>Under which name the key of the ticket is kept into which one was merged.</summary>
    public const string MergedKey = "ticket:merged";

    /// <summary>Under which name the key of the ticket is kept out of which one came.</summary>
    public const string OriginKey = "ticket:origin";

    /// <summary>Under which name the number of open steps is kept, on tickets that have a checklist.</summary>
    public const string OpenTasksKey = "tasks:open";

    /// <summary>Whether a name is that of a value which the product itself derives from a ticket.</summary>
    public static bool IsOwn(string key) =>
        key is ApprovalKey or LanguageKey or RegionKey or MergedKey or OriginKey or OpenTasksKey;

    /// <summary>Every comparable value of a ticket, configured fields and plugins' ones.</summary>
    public static IEnumerable<SearchableValue> Of(TicketState ticket, TicketExtensions extensions) =>
        ticket
            .Fields.SelectMany(field => Values(field.Key, field.Value))
            .Concat(NewestApproval(ticket))
            .Concat(WhereFrom(ticket))
            .Concat(OtherTickets(ticket))
            .Concat(OpenTasks(ticket))
            .Concat(
                extensions.QueryFields.SelectMany(field =>
                    field.Read(ticket) is { } value ? Values(PluginKey(field.Name), value) : []
                )
            )
            .Concat(
                extensions.QueryFunctions.SelectMany(function =>
                    Values(FunctionKey(function.Name), new ChoicesValue(function.Read(ticket)))
                )
            );

    /// <summary>The labels of a ticket as they are compared: folded, at most 100 characters, each once.</summary>
    public static IEnumerable<string> Labels(TicketState ticket) =>
        ticket.Labels.Select(label => Folding.Fold(label, 100)).Distinct(StringComparer.Ordinal);

    /// <summary>The external id of a ticket as it is compared: folded, at most 255 characters; null when it has none.</summary>
    public static string? ExternalId(TicketState ticket) => ticket.ExternalId is { } id ? Folding.Fold(id, 255) : null;

    /// <summary>The comparable values of one field.</summary>
    public static IEnumerable<SearchableValue> Values(string field, FieldValue value) =>
        value switch
        {
            TextValue text => Pieces(field, Folding.Fold(text.Text)),
            NumberValue number => [new(field, 0, null, (double)number.Number, null)],
            FlagValue flag => [new(field, 0, null, flag.IsSet ? 1 : 0, null)],
            DateValue date => [new(field, 0, LocalDatePattern.Iso.Format(date.Date), null, null)],
            MomentValue moment => [new(field, 0, null, null, moment.Moment.ToUnixTimeTicks())],
            DurationValue duration => [new(field, 0, null, duration.Length.TotalSeconds, null)],
            ChoiceValue choice => [new(field, 0, Folding.Fold(choice.Choice, PieceLength), null, null)],
            ChoicesValue choices => choices.Choices.Select(
                (choice, place) => new SearchableValue(field, place, Folding.Fold(choice, PieceLength), null, null)
            ),
            FilesValue files => files.Files.Select(
                (file, place) => new SearchableValue(field, place, Folding.Fold(file.Name, PieceLength), null, null)
            ),
            PersonValue person => Identity(field, person.Person.Value),
            OrganizationValue organization => Identity(field, organization.Organization.Value),
            TeamValue team => Identity(field, team.Team.Value),
            _ => [],
        };

    private static IEnumerable<SearchableValue> Identity(string field, long id) =>
        [new(field, 0, id.ToString(CultureInfo.InvariantCulture), id, null)];

    // What the status itself asked for counts before what somebody asked by hand.
    private static IEnumerable<SearchableValue> NewestApproval(TicketState ticket) =>
        (ApprovalGate.OwnOf(ticket) ?? ticket.Approvals.LastOrDefault(approval => !approval.ByCustomer)) is { } newest
            ? [new(ApprovalKey, 0, newest.State.ToString().ToLowerInvariant(), null, null)]
            : [];

    private static IEnumerable<SearchableValue> WhereFrom(TicketState ticket)
    {
        if (ticket.Language is { } language)
        {
            yield return new SearchableValue(LanguageKey, 0, Folding.Fold(language, PieceLength), null, null);
        }

        if (ticket.Region is { } region)
        {
            yield return new SearchableValue(RegionKey, 0, Folding.Fold(region, PieceLength), null, null);
        }
    }

    private static IEnumerable<SearchableValue> OtherTickets(TicketState ticket)
    {
        if (ticket.Merged is { } merged)
        {
            yield return new SearchableValue(
                MergedKey,
                0,
                Folding.Fold(merged.Key.ToString(), PieceLength),
                null,
                null
            );
        }

        if (ticket.Origin is { } origin)
        {
            yield return new SearchableValue(
                OriginKey,
                0,
                Folding.Fold(origin.Key.ToString(), PieceLength),
                null,
                null
            );
        }
    }

    private static IEnumerable<SearchableValue> OpenTasks(TicketState ticket) =>
        ticket.Tasks.Count > 0 ? [new(OpenTasksKey, 0, null, ticket.Tasks.Count(task => !task.IsDone), null)] : [];

    private static IEnumerable<SearchableValue> Pieces(string field, string folded)
    {
        var ordinal = 0;
        for (var start = 0; start == 0 || start + PieceStep < folded.Length; start += PieceStep)
        {
            yield return new SearchableValue(field, ordinal++, Folding.Cut(folded, start, PieceLength), null, null);
        }
    }
}
