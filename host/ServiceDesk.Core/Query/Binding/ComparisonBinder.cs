using System.Globalization;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Searching;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Binding;

/// <summary>Turns a comparison of a known subject into a predicate.</summary>
/// <param name="isCustomer">Whether it is for tickets of which the viewer is no agent.</param>
internal sealed class ComparisonBinder(QueryScope scope, IQueryNames names, bool isCustomer)
{
    private readonly MomentBinder moments = new();
    private int terms;

    public Predicate Bind(QueryField field, ComparisonSyntax comparison, ValueList<string> metrics)
    {
        var @operator = comparison.Operator;
        if (field.Kind == QueryValueKind.Clock)
        {
            return ClockBinder.Bind(comparison, metrics);
        }

        if (@operator is QueryOperator.Empty or QueryOperator.NotEmpty)
        {
            var has = Has(field);
            return @operator == QueryOperator.NotEmpty ? has : new Negation(has);
        }

        return @operator switch
        {
            _ when @operator.ReadsHistory() => new HistoryBinder(this).Bind(field, comparison),
            QueryOperator.During => moments.During(field, comparison.Values),
            QueryOperator.Contains => Contains(field, comparison.Values[0]),
            QueryOperator.NotContains => Unlike(field, Contains(field, comparison.Values[0])),
            QueryOperator.NotEqual or QueryOperator.NotIn => AnyOther(field, comparison.Values)
                ?? Unlike(field, AnyEqual(field, comparison.Values)),
            QueryOperator.Equal or QueryOperator.In => AnyEqual(field, comparison.Values),
            _ => Ordered(field, @operator, comparison.Values[0]),
        };
    }

    /// <summary>Has a value, and another one. A flag always has one.</summary>
    private Predicate Unlike(QueryField field, Predicate like) =>
        field.Slot is null || field.Kind == QueryValueKind.Flag
            ? new Negation(like)
            : new AllOf([Has(field), new Negation(like)]);

    /// <summary>There is a value, as far as the viewer may see it.</summary>
    public Predicate Has(QueryField field) =>
        isCustomer && field.OnlySelf
            ? new IdIn((IdSlot)field.Slot!, [new IdOperand(Self(field))])
            : new HasValue(field.Slot!);

    /// <summary>Of the product's own enumerations, one of the other values: an index can find those.</summary>
    private NumberIn? AnyOther(QueryField field, ValueList<ValueSyntax> values)
    {
        if (field is not { Kind: QueryValueKind.Named or QueryValueKind.Ranked, Slot: NumberSlot slot })
        {
            return null;
        }

        var named = values.SelectMany(value => Choices(field, value)).Select(choice => choice.Value).ToHashSet();
        return new NumberIn(
            slot,
            field.Choices.Select(choice => choice.Value).Where(value => !named.Contains(value)).ToValueList()
        );
    }

    /// <summary>The field is one of the values.</summary>
    public Predicate AnyEqual(QueryField field, ValueList<ValueSyntax> values) =>
        field.Kind switch
        {
            QueryValueKind.Moment or QueryValueKind.Date => new AnyOf(
                values.Select(value => moments.Equal(field, value)).ToValueList()
            ),
            QueryValueKind.Flag => new AnyOf(values.Select(value => Flag(field, value)).ToValueList()),
            QueryValueKind.Number or QueryValueKind.Duration => new NumberIn(
                (NumberSlot)field.Slot!,
                values.Select(value => Number(field, value)).ToValueList()
            ),
            QueryValueKind.Named or QueryValueKind.Ranked => Named(
                field,
                values.SelectMany(value => Choices(field, value)).SelectMany(choice => WithBelow(field, choice))
            ),
            QueryValueKind.Person or QueryValueKind.Team or QueryValueKind.Organization => Identified(
                field,
                values.SelectMany(value => Identities(field, value))
            ),
            QueryValueKind.Key => new TextIn(
                (TextSlot)field.Slot!,
                values.Select(value => Key(field, value)).ToValueList()
            ),
            _ => new TextIn(
                (TextSlot)field.Slot!,
                values.Select(value => Folding.Fold(Plain(field, value).Trim())).ToValueList()
            ),
        };

    private Predicate Ordered(QueryField field, QueryOperator @operator, ValueSyntax value)
    {
        var comparison = @operator.ToComparison();
        switch (field.Kind)
        {
            case QueryValueKind.Moment or QueryValueKind.Date or QueryValueKind.Remaining:
                return moments.Ordered(field, comparison, value);
            case QueryValueKind.Number or QueryValueKind.Duration:
                return new NumberCompare((NumberSlot)field.Slot!, comparison, Number(field, value));
            default:
                var places = Choices(field, value).Select(choice => choice.Value).ToList();
                var matching = field.Choices.Where(choice =>
                    places.Exists(place => comparison.Holds(choice.Value.CompareTo(place)))
                );
                return Named(field, matching);
        }
    }

    private static Predicate Named(QueryField field, IEnumerable<QueryChoice> choices) =>
        field.Slot switch
        {
            NumberSlot numbers => new NumberIn(
                numbers,
                choices.Select(choice => choice.Value).Distinct().ToValueList()
            ),
            TextSlot { Column: TextColumn.Field } texts => new TextIn(
                texts,
                choices.Select(choice => Folding.Fold(choice.Id)).Distinct().ToValueList()
            ),
            _ => new TextIn((TextSlot)field.Slot!, choices.Select(choice => choice.Id).Distinct().ToValueList()),
        };

    // Who asks for Korea means Seoul too.
    private static IEnumerable<QueryChoice> WithBelow(QueryField field, QueryChoice choice)
    {
        var below = field.Document?.WithBelow(choice.Id).ToHashSet(StringComparer.Ordinal);
        return below is null ? [choice] : field.Choices.Where(one => below.Contains(one.Id));
    }

    /// <summary>The choices that a value names.</summary>
    public IReadOnlyList<QueryChoice> Choices(QueryField field, ValueSyntax value)
    {
        var text = Plain(field, value);
        var visible = field.Choices.Where(scope.MayName).ToList();
        var found = QueryCatalog.Matching(visible, text, isCustomer);
        if (found.Count > 0)
        {
            return isCustomer ? QueryCatalog.AlikeToCustomers(visible, found) : found;
        }

        var near = Folding.Nearest(
            text,
            visible.SelectMany(choice => choice.Names.SelectMany(name => name.Texts.Values).Prepend(choice.Id))
        );
        throw near is null || scope.IsCustomer
            ? QueryProblem.At("query.unknown-value", value.Span, text, field.Name)
            : QueryProblem.At("query.unknown-value-near", value.Span, text, field.Name, near);
    }

    private Predicate Identified(QueryField field, IEnumerable<IdOperand> operands)
    {
        var seen = isCustomer && field.OnlySelf ? operands.Where(one => IsSelf(field, one)) : operands;
        var list = seen.Distinct().ToValueList();
        return field.Slot is IdSlot slot
            ? new IdIn(slot, list)
            : new IdentityFieldIn(((TextSlot)field.Slot!).Field!, list);
    }

    private bool IsSelf(QueryField field, IdOperand operand) =>
        operand.Kind == Self(field)
        || (
            operand.Kind == IdOperandKind.Fixed
            && (
                field.Kind == QueryValueKind.Organization
                    ? scope.Organizations.Any(own => own.Value == operand.Id)
                    : operand.Id == scope.Person?.Value
            )
        );

    private static IdOperandKind Self(QueryField field) =>
        field.Kind == QueryValueKind.Organization ? IdOperandKind.MyOrganizations : IdOperandKind.CurrentUser;

    /// <summary>The people, teams or organizations that a value names.</summary>
    public IEnumerable<IdOperand> Identities(QueryField field, ValueSyntax value)
    {
        if (value.Arguments is not null)
        {
            return ValueFunctions.IsMembersOf(value) && field.Kind == QueryValueKind.Person && !scope.IsCustomer
                ? Members(value)
                : [Group(field, value)];
        }

        var folded = Folding.Fold(value.Text.Trim());
        var found = field.Kind switch
        {
            QueryValueKind.Person => names.People(folded),
            QueryValueKind.Team => names.Teams(folded),
            _ => names.Organizations(folded),
        };
        if (found.Count > 0)
        {
            return found.Select(id => new IdOperand(IdOperandKind.Fixed, id));
        }

        if (!value.IsQuoted && long.TryParse(folded, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return [new IdOperand(IdOperandKind.Fixed, number)];
        }

        var code = field.Kind switch
        {
            QueryValueKind.Person => "query.unknown-person",
            QueryValueKind.Team => "query.unknown-team",
            _ => "query.unknown-organization",
        };
        return scope.IsCustomer ? [] : throw QueryProblem.At(code, value.Span, value.Text);
    }

    private IEnumerable<IdOperand> Members(ValueSyntax call)
    {
        if (call.Arguments!.Count != 1)
        {
            throw QueryProblem.At("query.expected-team", call.Span, call.Text);
        }

        var team = call.Arguments[0];
        return names.Members(Folding.Fold(team.Text.Trim())) is { } members
            ? members.Select(id => new IdOperand(IdOperandKind.Fixed, id))
            : throw QueryProblem.At("query.unknown-team", team.Span, team.Text);
    }

    private IdOperand Group(QueryField field, ValueSyntax call)
    {
        var (function, kind) = field.Kind switch
        {
            QueryValueKind.Person => (ValueFunctions.CurrentUser, IdOperandKind.CurrentUser),
            QueryValueKind.Team => (ValueFunctions.MyTeams, IdOperandKind.MyTeams),
            _ => (ValueFunctions.MyOrganizations, IdOperandKind.MyOrganizations),
        };
        return
            string.Equals(call.Text + "()", function, StringComparison.OrdinalIgnoreCase) && call.Arguments!.Count == 0
            ? new IdOperand(kind)
            : throw ValueFunctions.Unknown(
                call,
                field.Kind == QueryValueKind.Person && !scope.IsCustomer
                    ? [function, ValueFunctions.MembersOf + "()"]
                    : [function]
            );
    }

    private Predicate Contains(QueryField field, ValueSyntax value)
    {
        var words = SearchTerms.Of(Plain(field, value));
        if (words.Count == 0)
        {
            throw QueryProblem.At("query.no-words", value.Span, field.Name);
        }

        terms += words.Count;
        if (terms > QueryText.MaxTerms || words.Any(word => word.Length > QueryText.MaxTermLength))
        {
            throw QueryProblem.At(
                "query.too-many-words",
                value.Span,
                $"{QueryText.MaxTerms}",
                $"{QueryText.MaxTermLength}"
            );
        }

        return new AllOf(
            words
                .Select<string, Predicate>(word =>
                    field.Slot is TextSlot slot
                        ? new TextHas(slot, word)
                        : new Mentions(field.Scope, !isCustomer && field.Scope == TextScope.Everything, word)
                )
                .ToValueList()
        );
    }

    private static Predicate Flag(QueryField field, ValueSyntax value)
    {
        if (!ValueWords.TryFlag(Plain(field, value), out var flag))
        {
            throw QueryProblem.At("query.not-a-flag", value.Span, value.Text, field.Name);
        }

        var isSet = new NumberIn((NumberSlot)field.Slot!, [1]);
        return flag ? isSet : new Negation(isSet);
    }

    private static double Number(QueryField field, ValueSyntax value)
    {
        var text = Plain(field, value);
        if (field.Kind == QueryValueKind.Duration)
        {
            return ValueWords.TryDuration(text, out var length)
                ? length.TotalSeconds
                : throw QueryProblem.At("query.not-a-duration", value.Span, value.Text, field.Name);
        }

        return ValueWords.TryNumber(text, out var number)
            ? number
            : throw QueryProblem.At("query.not-a-number", value.Span, value.Text, field.Name);
    }

    private static string Key(QueryField field, ValueSyntax value) =>
        TicketKey.TryParse(Plain(field, value), out var key)
            ? key.ToString()
            : throw QueryProblem.At("query.not-a-key", value.Span, value.Text);

    private static string Plain(QueryField field, ValueSyntax value) =>
        value.Arguments is null
            ? value.Text
            : throw QueryProblem.At("query.function-not-possible", value.Span, value.Text, field.Name);
}
