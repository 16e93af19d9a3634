using ServiceDesk.Core.Access;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Evaluation;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Core.Sla;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Binding;

/// <summary>
/// Finds the fields that are hidden from somebody, in any status, in what the configuration says and what logs keep of it: whether such a
/// condition held tells what the field has. What names nothing that is known any longer counts as hidden, and what cannot be read where any field is.
/// </summary>
public sealed class HiddenSubjects(QueryCatalog catalog, QueryScope scope)
{
    /// <summary>Whether any field is hidden.</summary>
    public bool Any => catalog.Fields.Any(IsHidden);

    /// <summary>Whether a name, as written or as an id, may mean a hidden field. A configured field is also found where the product has a subject of its name.</summary>
    public bool Names(string name) => Meant(name).Any(IsHidden);

    /// <summary>Whether the field of an id is hidden, or gone.</summary>
    public bool HasField(string id) =>
        Names(id) || (catalog.FindConfigured(id) is null && !FieldSight.SeesGone(scope.Role));

    /// <summary>Whether any part of a condition read a hidden field.</summary>
    public bool In(ConditionTruth truth) =>
        truth.Parts.Any(In) || (truth.Subject is { } subject && HasSubject(subject));

    /// <summary>Whether a condition reads a hidden field.</summary>
    public bool In(string? condition) =>
        !string.IsNullOrWhiteSpace(condition)
        && (QueryParser.TryParse(condition, out var query, out _) ? query.Filter is { } filter && In(filter) : Any);

    /// <summary>Whether a condition of a metric reads a hidden field, or waits for its change.</summary>
    public bool In(SlaCondition condition) =>
        In(condition.Query)
        || (
            condition is { On: { } happening, Of: { } of }
            && SlaHappenings.Takes(happening) == HappeningOf.Field
            && HasField(of)
        );

    /// <summary>What the rule does, without the hidden fields that it fills and the conditions on hidden fields.</summary>
    public RuleAction Shown(RuleAction action) =>
        action with
        {
            Fields = ValueMap<string>.From(action.Fields.Where(field => !HasField(field.Key))),
            For = action.For is { } target && In(target.Condition) ? target with { Condition = "…" } : action.For,
        };

    /// <summary>Whether a reason is about a hidden field.</summary>
    public bool In(Refusal refusal) =>
        (refusal.Field is { } field && field.StartsWith("fields.", StringComparison.Ordinal) && HasField(field[7..]))
        || refusal.Arguments.Any(Names);

    /// <summary>The account of a clock without conditions on hidden fields: what would end or pause it is left out, and the reasons of its spans are null.</summary>
    public ClockLedger Shown(ClockLedger ledger) =>
        ledger with
        {
            Segments = ledger
                .Segments.Select(segment =>
                    segment.Condition is { Length: > 0 } condition && In(SlaConditions.Read(condition))
                        ? segment with
                        {
                            Condition = null,
                        }
                        : segment
                )
                .ToValueList(),
            Stops = Seen(ledger.Stops),
            Pauses = Seen(ledger.Pauses),
            Resets = Seen(ledger.Resets),
            Cancels = Seen(ledger.Cancels),
        };

    private ValueList<SlaCondition> Seen(ValueList<SlaCondition> conditions) =>
        conditions.Where(condition => !In(condition)).ToValueList();

    private bool In(ConditionSyntax condition) =>
        condition switch
        {
            AndSyntax and => and.Parts.Any(In),
            OrSyntax or => or.Parts.Any(In),
            NotSyntax not => In(not.Part),
            ComparisonSyntax { Subject: var subject } => HasSubject(
                subject.Argument is { } argument && SubjectBinder.Find(subject, catalog) is not { Document: null }
                    ? argument.Text
                    : subject.Name
            ),
            _ => false,
        };

    private bool HasSubject(string name) =>
        Names(name)
        || (
            !Meant(name).Any()
            && SubjectBinder.IsFunction(name) is false
            && catalog.FindFunction(name) is null
            && !FieldSight.SeesGone(scope.Role)
        );

    private bool IsHidden(QueryField field) => !scope.HiddenIn(field).IsNone;

    private IEnumerable<QueryField> Meant(string name) =>
        new[] { catalog.Find(name), catalog.FindConfigured(name) }.OfType<QueryField>();
}
