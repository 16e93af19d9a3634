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

/// <summary>Text, also Markdown and URLs.</summary>
/// <param name="Text">At most 255 characters in a field of one line, 2,000 in an address, 100,000 in a long text; not empty: an empty field has no value.</param>
public sealed record TextValue(string Text) : FieldValue;

/// <summary>A decimal number.</summary>
/// <param name="Number">Exact, without a unit.</param>
public sealed record NumberValue(decimal Number) : FieldValue;

/// <summary>A check box.</summary>
/// <param name="IsSet">Whether it is ticked; a box that nobody touched has no value.</param>
public sealed record FlagValue(bool IsSet) : FieldValue;

/// <summary>A calendar date without a zone.</summary>
/// <param name="Date">The day; the same for every reader.</param>
public sealed record DateValue(LocalDate Date) : FieldValue;

/// <summary>A moment.</summary>
/// <param name="Moment">Shown in the zone of the reader.</param>
public sealed record MomentValue(Instant Moment) : FieldValue;

/// <summary>How long something takes or took.</summary>
/// <param name="Length">In whole seconds, not negative, at most 36,525 days.</param>
public sealed record DurationValue(Duration Length) : FieldValue;

/// <summary>One choice of the field.</summary>
/// <param name="Choice">The choice's id in the field's document.</param>
public sealed record ChoiceValue(string Choice) : FieldValue;

/// <summary>Several choices of the field, or free tags.</summary>
/// <param name="Choices">Ids of choices, without doubles, in the order given; at most 100.</param>
public sealed record ChoicesValue(ValueList<string> Choices) : FieldValue;

/// <summary>A person.</summary>
/// <param name="Person">Somebody whom the server knows; checked when the field is written.</param>
public sealed record PersonValue(PersonId Person) : FieldValue;

/// <summary>An organization.</summary>
/// <param name="Organization">One that the server knows; checked when the field is written.</param>
public sealed record OrganizationValue(OrganizationId Organization) : FieldValue;

/// <summary>A team.</summary>
/// <param name="Team">One that the server knows; checked when the field is written.</param>
public sealed record TeamValue(TeamId Team) : FieldValue;

/// <summary>Files of the ticket. Those that are not attached to it yet are attached by the change that names them.</summary>
/// <param name="Files">Without doubles, in the order given, not empty; in JSON a list of objects with <c>id</c>, <c>name</c>, <c>contentType</c> and <c>size</c>.</param>
public sealed record FilesValue(ValueList<AttachedFile> Files) : FieldValue;
