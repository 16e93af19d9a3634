using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Scripting;

/// <summary>What a value of a script may be. Closed: the cases below are all there are.</summary>
public abstract record ScriptType
{
    private ScriptType() { }

    /// <summary>Text of at most 100,000 characters.</summary>
    public static ScriptType Text { get; } = new TextType(100_000);

    /// <summary>A number.</summary>
    public static ScriptType Number { get; } = new NumberType();

    /// <summary>True or false.</summary>
    public static ScriptType Flag { get; } = new FlagType();

    /// <summary>Any value.</summary>
    public static ScriptType Any { get; } = new AnyType();

    /// <summary>No value, for functions that give nothing back.</summary>
    public static ScriptType Nothing { get; } = new NothingType();

    /// <summary>A ticket, with its methods.</summary>
    public static ScriptType Ticket { get; } = new NamedType("Ticket");

    /// <summary>Text of at most <paramref name="longest"/> characters.</summary>
    public static ScriptType TextUpTo(int longest) => new TextType(longest);

    /// <summary>One of some words.</summary>
    public static ScriptType OneOf(params ReadOnlySpan<string> words) => new ChoiceType(ValueList.Create(words));

    /// <summary>A list of at most 1,000 items.</summary>
    public static ScriptType ListOf(ScriptType item) => new ListType(item);

    /// <summary>An object with these properties and no others.</summary>
    public static ScriptType ObjectOf(params ReadOnlySpan<ScriptParameter> properties) =>
        new ObjectType(ValueList.Create(properties));

    /// <summary>Any of these.</summary>
    public static ScriptType AnyOf(params ReadOnlySpan<ScriptType> types) => new UnionType(ValueList.Create(types));

    /// <summary>This, or null.</summary>
    public ScriptType OrNull() => new NullableType(this);

    /// <summary>Text.</summary>
    public sealed record TextType(int Longest) : ScriptType;

    /// <summary>A number.</summary>
    public sealed record NumberType : ScriptType;

    /// <summary>True or false.</summary>
    public sealed record FlagType : ScriptType;

    /// <summary>Any value.</summary>
    public sealed record AnyType : ScriptType;

    /// <summary>No value.</summary>
    public sealed record NothingType : ScriptType;

    /// <summary>A type of the product that the reference describes, by its name.</summary>
    public sealed record NamedType(string Name) : ScriptType;

    /// <summary>One of some words.</summary>
    public sealed record ChoiceType(ValueList<string> Words) : ScriptType;

    /// <summary>A list.</summary>
    public sealed record ListType(ScriptType Item) : ScriptType;

    /// <summary>An object.</summary>
    public sealed record ObjectType(ValueList<ScriptParameter> Properties) : ScriptType;

    /// <summary>Any of several.</summary>
    public sealed record UnionType(ValueList<ScriptType> Types) : ScriptType;

    /// <summary>A value or null.</summary>
    public sealed record NullableType(ScriptType Value) : ScriptType;
}
