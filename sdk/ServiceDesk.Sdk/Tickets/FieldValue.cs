using NodaTime;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Tickets;

/// <summary>
/// The value of a field of a ticket. Closed: the cases below are all there are. In JSON a value is the plain one
/// (string, number, true/false, list of strings) and is read back by the field's kind.
/// </summary>
public abstract record FieldValue
{
    private protected FieldValue() { }
}

/// <summary>Text, also Markdown and URLs. At most 100,000 characters.</summary>
public sealed record TextValue(string Text) : FieldValue;

/// <summary>A decimal number.</summary>
public sealed record NumberValue(decimal Number) : FieldValue;

/// <summary>A check box.</summary>
public sealed record FlagValue(bool IsSet) : FieldValue;

/// <summary>A calendar date without a zone.</summary>
public sealed record DateValue(LocalDate Date) : FieldValue;

/// <summary>A moment.</summary>
public sealed record MomentValue(Instant Moment) : FieldValue;

/// <summary>The id of one choice of the field.</summary>
public sealed record ChoiceValue(string Choice) : FieldValue;

/// <summary>The ids of several choices of the field, or free tags, without doubles, in the order given.</summary>
public sealed record ChoicesValue(ValueList<string> Choices) : FieldValue;

/// <summary>A person.</summary>
public sealed record PersonValue(PersonId Person) : FieldValue;
