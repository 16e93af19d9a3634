using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Approvals.Editing;

/// <summary>A way of naming who is asked in a step, as a form carries it: <c>team:Network</c>, <c>manager:</c>.</summary>
/// <param name="Kind">One of the words of this class.</param>
/// <param name="Name">The address, name or id; empty for who is named by the ticket alone.</param>
public sealed record Approver(string Kind, string Name)
{
    public const string Person = "person";
    public const string Team = "team";
    public const string Lead = "lead";
    public const string Role = "role";
    public const string Field = "field";
    public const string Manager = "manager";
    public const string Contact = "contact";

    /// <summary>Reads <c>KIND:NAME</c>.</summary>
    public static Approver Parse(string text) =>
        text.IndexOf(':', StringComparison.Ordinal) is >= 0 and var at
            ? new(text[..at], text[(at + 1)..])
            : new(text, "");

    /// <summary>All who are asked in a step, in the order in which they are shown.</summary>
    public static IReadOnlyList<Approver> Of(ApproversRule step) =>
        [
            .. step.Manager ? [new Approver(Manager, "")] : Array.Empty<Approver>(),
            .. step.OrganizationContact ? [new Approver(Contact, "")] : Array.Empty<Approver>(),
            .. step.People.Select(name => new Approver(Person, name)),
            .. step.Teams.Select(name => new Approver(Team, name)),
            .. step.Leads.Select(name => new Approver(Lead, name)),
            .. step.Roles.Select(name => new Approver(Role, name)),
            .. step.Fields.Select(name => new Approver(Field, name)),
        ];

    /// <summary>The step that asks them; words that mean nothing are left out.</summary>
    public static ApproversRule Step(IEnumerable<Approver> approvers)
    {
        var all = approvers.Distinct().ToLookup(one => one.Kind, one => one.Name, StringComparer.Ordinal);
        return new ApproversRule
        {
            Manager = all.Contains(Manager),
            OrganizationContact = all.Contains(Contact),
            People = all[Person].ToValueList(),
            Teams = all[Team].ToValueList(),
            Leads = all[Lead].ToValueList(),
            Roles = all[Role].ToValueList(),
            Fields = all[Field].ToValueList(),
        };
    }

    /// <summary>All who are asked where a step has too few.</summary>
    public static IReadOnlyList<Approver> Of(FallbackApprovers? fallback) =>
        fallback is null
            ? []
            :
            [
                .. fallback.People.Select(name => new Approver(Person, name)),
                .. fallback.Teams.Select(name => new Approver(Team, name)),
                .. fallback.Roles.Select(name => new Approver(Role, name)),
            ];

    /// <summary>Who of them can be asked where a step has too few; null for nobody.</summary>
    public static FallbackApprovers? Fallback(IEnumerable<Approver> approvers)
    {
        var step = Step(approvers);
        return step.People.Count + step.Teams.Count + step.Roles.Count == 0
            ? null
            : new FallbackApprovers
            {
                People = step.People,
                Teams = step.Teams,
                Roles = step.Roles,
            };
    }

    public override string ToString() => $"{Kind}:{Name}";
}
