using ServiceDesk.Core.Query;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Query.Catalog;
using ServiceDesk.Core.Query.Syntax;

namespace ServiceDesk.Host.Queries;

/// <summary>Under which keys the sentences stand that explain the query language, with an example of each part.</summary>
public static class QueryHelp
{
    /// <summary>Operators with an example.</summary>
    public static IReadOnlyList<(QueryOperator Operator, string Example)> Operators { get; } =
    [
        (QueryOperator.Equal, "priority = high"),
        (QueryOperator.NotEqual, "assignee != currentUser()"),
        (QueryOperator.Less, "priority < high"),
        (QueryOperator.LessOrEqual, "created <= 2026-01-31"),
        (QueryOperator.Greater, "commentCount > 5"),
        (QueryOperator.GreaterOrEqual, "updated >= -7d"),
        (QueryOperator.Contains, "text ~ \"vpn error\""),
        (QueryOperator.NotContains, "summary !~ test"),
        (QueryOperator.In, "priority IN (high, critical)"),
        (QueryOperator.NotIn, "category NOT IN (done)"),
        (QueryOperator.Empty, "assignee IS EMPTY"),
        (QueryOperator.NotEmpty, "due IS NOT EMPTY"),
        (QueryOperator.During, "created DURING (startOfWeek(-1), endOfWeek(-1))"),
        (QueryOperator.Was, "assignee WAS currentUser()"),
        (QueryOperator.WasNot, "team WAS NOT EMPTY"),
        (QueryOperator.WasIn, "priority WAS IN (high, critical) DURING (-30d, now())"),
        (QueryOperator.WasNotIn, "priority WAS NOT IN (critical)"),
        (QueryOperator.Changed, "status CHANGED TO resolved BY currentUser() AFTER startOfWeek()"),
    ];

    /// <summary>Words behind <c>WAS</c> and <c>CHANGED</c> with an example.</summary>
    public static IReadOnlyList<(HistoryClause Clause, string Example)> Clauses { get; } =
    [
        (HistoryClause.From, "priority CHANGED FROM critical"),
        (HistoryClause.To, "priority CHANGED TO (high, critical)"),
        (HistoryClause.By, "assignee CHANGED BY currentUser()"),
        (HistoryClause.Before, "assignee WAS currentUser() BEFORE startOfMonth()"),
        (HistoryClause.After, "team CHANGED AFTER -1d"),
        (HistoryClause.On, "status CHANGED ON startOfDay(-1)"),
        (HistoryClause.During, "priority WAS critical DURING (-7d, now())"),
    ];

    /// <summary>Functions that stand for values with an example.</summary>
    public static IReadOnlyList<(string Function, string Example)> Functions { get; } =
    [
        ("now()", "due < now()"),
        ("startOfDay()", "created >= startOfDay()"),
        ("startOfWeek()", "created >= startOfWeek(-1)"),
        ("startOfMonth()", "resolved >= startOfMonth()"),
        ("startOfYear()", "created >= startOfYear()"),
        ("endOfDay()", "due < endOfDay()"),
        ("endOfWeek()", "due < endOfWeek()"),
        ("endOfMonth()", "due < endOfMonth(1)"),
        ("endOfYear()", "due < endOfYear()"),
        (ValueFunctions.CurrentUser, "assignee = currentUser()"),
        (ValueFunctions.MembersOf + "(…)", "assignee IN (membersOf(\"Service desk\"))"),
        (ValueFunctions.MyTeams, "team = myTeams()"),
        (ValueFunctions.MyOrganizations, "organization = myOrganizations()"),
    ];

    /// <summary>What an operator means.</summary>
    public static string KeyOf(QueryOperator @operator) => Key("operator", @operator.ToString());

    /// <summary>What a word behind <c>WAS</c> and <c>CHANGED</c> means.</summary>
    public static string KeyOf(HistoryClause clause) => Key("clause", clause.ToString());

    /// <summary>What a function stands for.</summary>
    public static string KeyOf(string function) => Key("function", function.Split('(')[0]);

    /// <summary>What a field of the product is.</summary>
    public static string KeyOf(QueryField field) => Key("field", field.Name);

    /// <summary>How values of a kind are written.</summary>
    public static string KeyOf(QueryValueKind kind) => Key("kind", kind.ToString());

    /// <summary>Whether the product brings the field, and not the configuration or a plugin.</summary>
    public static bool IsSystem(QueryField field) =>
        field.Label is null
        && field.Slot switch
        {
            TextSlot { Field: { } key } => SearchableFields.IsOwn(key),
            NumberSlot { Field: { } key } => SearchableFields.IsOwn(key),
            MomentSlot { Field: not null } => false,
            _ => true,
        };

    private static string Key(string part, string name) => $"query-help.{part}-{name.ToLowerInvariant()}";
}
