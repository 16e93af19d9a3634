using ServiceDesk.Core.Access;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Binding;

/// <summary>What a query may look at, given who asks.</summary>
/// <param name="SeesEverything">Internal texts and agents' fields of every desk.</param>
/// <param name="Desks">Desks on which they are seen, when not on every.</param>
/// <param name="KnownDesks">Keys of desks that may be named.</param>
/// <param name="IsCondition">Whether it is a condition of configuration, decided on the ticket alone, without its comments.</param>
public sealed record QueryScope(
    bool SeesEverything,
    ValueList<string> Desks,
    ValueList<string> KnownDesks,
    bool IsCondition
)
{
    /// <summary>Who asks; null for conditions.</summary>
    public PersonId? Person { get; init; }

    /// <summary>The organizations of who asks; none for conditions.</summary>
    public ValueList<OrganizationId> Organizations { get; init; } = [];

    /// <summary>The role of who asks, which may hide fields; null for conditions, from which nothing is hidden.</summary>
    public string? Role { get; init; }

    /// <summary>For conditions of configuration.</summary>
    public static QueryScope Condition { get; } = new(true, [], [], true);

    /// <summary>For a person. Who works on every desk of the configuration sees everything.</summary>
    public static QueryScope Of(Viewer viewer, IConfiguration configuration) =>
        new(
            viewer.Desks.Count > 0 && configuration.All<DeskDocument>().All(desk => viewer.WorksOn(desk.Id)),
            viewer.Desks,
            viewer.Desks.Concat(viewer.AskableDesks).Distinct(StringComparer.Ordinal).ToValueList(),
            false
        )
        {
            Person = viewer.Person.Id,
            Organizations = viewer.Person.Organizations,
            Role = viewer.Person.Role,
        };

    /// <summary>Whether a choice may be named: one of a desk that the person does not know looks as if it did not exist.</summary>
    public bool MayName(QueryChoice choice) =>
        SeesEverything || choice.Desk is null || KnownDesks.Contains(choice.Desk, StringComparer.Ordinal);

    /// <summary>Whether a subject may be named: one that is the agents' own, or hidden from the role in every status, looks as if it did not exist.</summary>
    public bool MayName(QueryField field) => !(field.AgentsOnly && IsCustomer) && !HiddenIn(field).IsAll;

    /// <summary>In which statuses a subject is hidden from the role, and so empty.</summary>
    public StatusRange HiddenIn(QueryField field) =>
        field.Document is { } document && Role is { } role ? FieldSight.HiddenIn(document, role) : StatusRange.None;

    /// <summary>Those of a field's operators that the person may use.</summary>
    internal ValueList<QueryOperator> MayUse(ValueList<QueryOperator> operators) =>
        IsCustomer ? operators.Where(one => !one.ReadsHistory()).ToValueList() : operators;

    /// <summary>Whether the person is an agent nowhere: errors then tell nothing of what exists.</summary>
    public bool IsCustomer => !SeesEverything && Desks.Count == 0;
}
