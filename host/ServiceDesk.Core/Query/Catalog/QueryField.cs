using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Query.Syntax;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Query.Catalog;

/// <summary>How the values of a subject are written and compared.</summary>
public enum QueryValueKind
{
    /// <summary>A ticket's key.</summary>
    Key = 1,

    /// <summary>One of named values without order.</summary>
    Named = 2,

    /// <summary>One of named values with an order.</summary>
    Ranked = 3,
    Person = 4,
    Team = 5,
    Organization = 6,

    /// <summary>Free words compared whole.</summary>
    Label = 7,

    /// <summary>Text compared whole or in part.</summary>
    Text = 8,

    /// <summary>Text compared only in part.</summary>
    LongText = 9,

    /// <summary>The ticket's own texts, found by the search index.</summary>
    Search = 10,
    Number = 11,
    Flag = 12,
    Moment = 13,
    Date = 14,

    /// <summary>Time left to the nearest breach.</summary>
    Remaining = 15,

    /// <summary>A clock: its state or the time left.</summary>
    Clock = 16,

    /// <summary>How long something takes.</summary>
    Duration = 17,
}

/// <summary>A subject of the query language.</summary>
public sealed record QueryField
{
    /// <summary>The name that suggestions write.</summary>
    public required string Name { get; init; }

    /// <summary>Other names, compared like <see cref="Name"/>: folded, without <c>-</c>, <c>_</c> and white space.</summary>
    public ValueList<string> Aliases { get; init; } = [];

    /// <summary>How it compares.</summary>
    public required QueryValueKind Kind { get; init; }

    /// <summary>What it reads; null for text searches and clocks.</summary>
    public QuerySlot? Slot { get; init; }

    /// <summary>Where a text search looks.</summary>
    public TextScope Scope { get; init; }

    /// <summary>Named values, in order where they have one.</summary>
    public ValueList<QueryChoice> Choices { get; init; } = [];

    /// <summary>Whether it is empty for who is not an agent of the ticket's desk.</summary>
    public bool AgentsOnly { get; init; }

    /// <summary>Whether, for who is not an agent of the ticket's desk, it holds that person or the own organizations alone, or nobody.</summary>
    public bool OnlySelf { get; init; }

    /// <summary>What it reads instead for who is not an agent of the ticket's desk; null for the same.</summary>
    public QuerySlot? PublicSlot { get; init; }

    /// <summary>Whether tickets can be ordered by it.</summary>
    public bool IsSortable { get; init; } = true;

    /// <summary>For a configured field, its name in each language.</summary>
    public LocalizedText? Label { get; init; }

    /// <summary>For a configured field, what it is.</summary>
    public FieldDocument? Document { get; init; }

    /// <summary>Which history of the ticket tells its past values; null when none does.</summary>
    public HistoryField? History { get; init; }

    /// <summary>The operators that it takes. Those that read the history are for agents.</summary>
    public ValueList<QueryOperator> Operators =>
        History is null
            ? QueryFieldOperators.Of(Kind)
            : QueryFieldOperators.Of(Kind).Concat(QueryFieldOperators.OfHistory).ToValueList();
}

/// <summary>A named value.</summary>
/// <param name="Id">What is written and stored.</param>
/// <param name="Value">The stored number, where it is stored as one.</param>
/// <param name="Names">Its names in each language.</param>
/// <param name="Desk">The desk that it belongs to; null for every desk.</param>
/// <param name="CustomerNames">What customers read instead of the names; null where they read the names.</param>
public sealed record QueryChoice(
    string Id,
    double Value,
    ValueList<LocalizedText> Names,
    string? Desk = null,
    ValueList<LocalizedText>? CustomerNames = null
);

internal static class QueryFieldOperators
{
    private static readonly ValueList<QueryOperator> Equality =
    [
        QueryOperator.Equal,
        QueryOperator.NotEqual,
        QueryOperator.In,
        QueryOperator.NotIn,
        QueryOperator.Empty,
        QueryOperator.NotEmpty,
    ];

    private static readonly ValueList<QueryOperator> Ordered =
    [
        QueryOperator.Less,
        QueryOperator.LessOrEqual,
        QueryOperator.Greater,
        QueryOperator.GreaterOrEqual,
    ];

    private static readonly ValueList<QueryOperator> Partial = [QueryOperator.Contains, QueryOperator.NotContains];
    private static readonly ValueList<QueryOperator> Emptiness = [QueryOperator.Empty, QueryOperator.NotEmpty];

    private static readonly ValueList<QueryOperator> EqualityAndOrder = Equality.Concat(Ordered).ToValueList();
    private static readonly ValueList<QueryOperator> EqualityAndPart = Equality.Concat(Partial).ToValueList();
    private static readonly ValueList<QueryOperator> PartAndEmptiness = Partial.Concat(Emptiness).ToValueList();
    private static readonly ValueList<QueryOperator> OrderAndEmptiness = Ordered.Concat(Emptiness).ToValueList();

    private static readonly ValueList<QueryOperator> OrderAndSpan = EqualityAndOrder
        .Append(QueryOperator.During)
        .ToValueList();

    /// <summary>What a field with a history takes besides.</summary>
    public static readonly ValueList<QueryOperator> OfHistory =
    [
        QueryOperator.Was,
        QueryOperator.WasNot,
        QueryOperator.WasIn,
        QueryOperator.WasNotIn,
        QueryOperator.Changed,
    ];

    public static ValueList<QueryOperator> Of(QueryValueKind kind) =>
        kind switch
        {
            QueryValueKind.Text or QueryValueKind.Label => EqualityAndPart,
            QueryValueKind.LongText => PartAndEmptiness,
            QueryValueKind.Search => Partial,
            QueryValueKind.Remaining => OrderAndEmptiness,
            QueryValueKind.Moment or QueryValueKind.Date => OrderAndSpan,
            QueryValueKind.Ranked or QueryValueKind.Number or QueryValueKind.Duration or QueryValueKind.Clock =>
                EqualityAndOrder,
            _ => Equality,
        };
}
