using System.Text.Json.Serialization;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Sdk.Configuration;

/// <summary>What a field holds.</summary>
public enum FieldKind
{
    /// <summary>One line, at most 255 characters.</summary>
    Text = 1,

    /// <summary>Markdown.</summary>
    LongText = 2,

    /// <summary>A decimal number.</summary>
    Number = 3,

    /// <summary>A check box.</summary>
    Flag = 4,

    /// <summary>A date without a zone.</summary>
    Date = 5,

    /// <summary>A moment.</summary>
    Moment = 6,

    /// <summary>One of the choices.</summary>
    Choice = 7,

    /// <summary>Several of the choices.</summary>
    Choices = 8,

    /// <summary>A person.</summary>
    Person = 9,

    /// <summary>An http or https address.</summary>
    Url = 10,

    /// <summary>Free words that nobody listed before; compared like labels.</summary>
    Tags = 11,

    /// <summary>How long something takes or took, to the second; a day is 24 hours.</summary>
    Duration = 12,

    /// <summary>An organization.</summary>
    Organization = 13,

    /// <summary>A team.</summary>
    Team = 14,

    /// <summary>One or several files of the ticket, see <see cref="FieldDocument.MostFiles"/>. Who does not see the field does not see them.</summary>
    Attachment = 15,
}

/// <summary>A field of tickets.</summary>
public sealed record FieldDocument : ConfigurationDocument
{
    /// <summary>What it holds. In text it is <c>type</c>, since <c>kind</c> says which kind of document it is.</summary>
    [JsonPropertyName("type")]
    public required FieldKind Kind { get; init; }

    /// <summary>A sentence for the one who fills it.</summary>
    public LocalizedText? Description { get; init; }

    /// <summary>The choices, in order; later is greater in queries.</summary>
    public ValueList<FieldChoice> Choices { get; init; } = [];

    /// <summary>What a new ticket holds when nobody gave a value, and what forms are filled with before; written as forms write values. Null for nothing.</summary>
    public string? Default { get; init; }

    /// <summary>What a value must keep to; null for no more than its kind asks.</summary>
    public FieldLimits? Limits { get; init; }

    /// <summary>Whether customers see it on their requests. They fill it only where a form has it.</summary>
    public bool CustomersSee { get; init; }

    /// <summary>Ids of statuses in which it cannot be changed.</summary>
    public ValueList<string> LockedIn { get; init; } = [];

    /// <summary>Ids of statuses that no ticket enters with this field empty, and in which it cannot be emptied.</summary>
    public ValueList<string> RequiredIn { get; init; } = [];

    /// <summary>Ids of roles that may change it besides administrators; empty means every agent.</summary>
    public ValueList<string> EditableBy { get; init; } = [];

    /// <summary>
    /// Who sees it and who may change it, by role and status: of these lines the first that fits holds, in place of <see cref="LockedIn"/>
    /// and <see cref="EditableBy"/>. Where none fits, those say. None opens to customers what <see cref="CustomersSee"/> keeps from them.
    /// </summary>
    public ValueList<FieldAccessRule> Access { get; init; } = [];

    /// <summary>The id of the script that works out the value after each change of a ticket; then nobody fills the field by hand. Null for a field that people fill.</summary>
    public string? Script { get; init; }

    /// <summary>The most files that it holds; 1 when nothing else is said.</summary>
    [JsonIgnore]
    public int MostFiles => Limits?.MaxFiles ?? 1;

    /// <summary>The choice and those above it, the uppermost first; nothing when the field has no such choice.</summary>
    /// <param name="choice">The choice's id.</param>
    public ValueList<FieldChoice> PathTo(string choice)
    {
        var path = new List<FieldChoice>();
        for (var next = choice; next is not null && path.Count < Choices.Count; next = path[0].Under)
        {
            if (Choices.FirstOrDefault(one => one.Id == next) is not { } found)
            {
                break;
            }

            path.Insert(0, found);
        }

        return path.ToValueList();
    }

    /// <summary>Ids of the choice and of all below it, in the order of the choices.</summary>
    /// <param name="choice">The choice's id.</param>
    public IEnumerable<string> WithBelow(string choice) =>
        Choices.Any(one => one.Under == choice)
            ? Choices.Select(one => one.Id).Where(id => PathTo(id).Any(above => above.Id == choice))
            : [choice];

    /// <summary>The choice in words, with those above it: <c>Korea › Seoul</c>; its id when the field has no such choice.</summary>
    /// <param name="choice">The choice's id.</param>
    /// <param name="language">In which language; null for the reader's.</param>
    public string WordsOf(string choice, string? language = null) =>
        PathTo(choice) is { Count: > 0 } path
            ? string.Join(" › ", path.Select(one => language is null ? one.Name.ToString() : one.Name.In(language)))
            : choice;
}

/// <summary>What somebody may do with a field. Greater may more.</summary>
public enum FieldAccess
{
    /// <summary>Does not see it: as if the field did not exist, or were empty where it is hidden in some statuses only.</summary>
    Hidden = 1,

    /// <summary>Sees it and does not change it.</summary>
    See = 2,

    /// <summary>Sees and changes it.</summary>
    Edit = 3,

    /// <summary>Sees and changes it, and leaves the status by no transition while it is empty.</summary>
    Required = 4,
}

/// <summary>Who may do what with a field, in which statuses.</summary>
public sealed record FieldAccessRule
{
    /// <summary>Ids of roles; empty for everybody, administrators included.</summary>
    public ValueList<string> Roles { get; init; } = [];

    /// <summary>Ids of statuses; empty for every status.</summary>
    public ValueList<string> Statuses { get; init; } = [];

    /// <summary>What they may.</summary>
    public required FieldAccess Access { get; init; }
}

/// <summary>One choice of a field.</summary>
/// <param name="Id">Lower-case words with dashes, unique in the field; what tickets store.</param>
/// <param name="Name">The words that people see.</param>
public sealed record FieldChoice(string Id, LocalizedText Name)
{
    /// <summary>The id of the choice that this one is part of, as Seoul is of Korea; null at the top. What is asked of a choice holds for those below it too.</summary>
    public string? Under { get; init; }
}

/// <summary>What the values of a field must keep to. Values that stood before a limit did stay until they are changed.</summary>
public sealed record FieldLimits
{
    /// <summary>The smallest number.</summary>
    public decimal? Min { get; init; }

    /// <summary>The greatest number.</summary>
    public decimal? Max { get; init; }

    /// <summary>The fewest characters of a text.</summary>
    public int? MinLength { get; init; }

    /// <summary>The most characters of a text.</summary>
    public int? MaxLength { get; init; }

    /// <summary>A regular expression that the whole text matches: one that is read in linear time, without looking around or back.</summary>
    public string? Pattern { get; init; }

    /// <summary>What somebody is told whose text does not match; null says it in general.</summary>
    public LocalizedText? Sentence { get; init; }

    /// <summary>The most files, from 1 to 20; null for one.</summary>
    public int? MaxFiles { get; init; }

    /// <summary>Endings that the names of files may have, in lower case without the dot, besides what the rules for files say; empty for all of them.</summary>
    public ValueList<string> FileTypes { get; init; } = [];
}
