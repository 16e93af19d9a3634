using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

/// <summary>What leaves a ticket's earlier events for good: a passage, or a file with its name. Pure.</summary>
public sealed class Redaction
{
    private const char Block = '█';
    private const int LongestMark = 4;

    private readonly string? passage;
    private readonly long file;
    private readonly string? name;

    private Redaction(string? passage, long file, string? name) =>
        (this.passage, this.file, this.name) = (passage, file, name);

    /// <summary>The passage; null when a file goes.</summary>
    public string? Passage => passage;

    /// <summary>The id of the file; 0 when a passage goes.</summary>
    public long File => file;

    /// <summary>What stands in the place of the passage: never longer than it, so that every text still fits.</summary>
    public string Mark => new(Block, Math.Min(LongestMark, passage?.Length ?? 0));

    /// <summary>What a command takes out; null when it takes nothing out.</summary>
    public static Redaction? Of(TicketCommand command) =>
        command switch
        {
            RedactText text => new Redaction(Normalized(text.Passage), 0, null),
            RedactFile file => new Redaction(null, file.File, Named(file)),
            _ => null,
        };

    /// <summary>A passage as texts hold it.</summary>
    public static string Normalized(string passage) =>
        passage.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Trim();

    /// <summary>Whether a passage is nothing but marks, or too short to mean one thing.</summary>
    public static bool IsTooLittle(string passage) => passage.Length < 2 || passage.All(sign => sign == Block);

    /// <summary>A text without the passage.</summary>
    public string Without(string text) =>
        passage is null ? text : text.Replace(passage, Mark, StringComparison.Ordinal);

    /// <summary>Whether an event holds what goes.</summary>
    public bool IsIn(TicketEvent @event) =>
        passage is null
            ? FilesOf(@event).Concat(InFields(@event)).Any(one => one.Id == file)
            : TextsOf(@event).Any(IsIn);

    /// <summary>An event as it is from now on; the same one where nothing of it changes.</summary>
    public TicketEvent Without(TicketEvent @event) =>
        !IsIn(@event) ? @event
        : passage is null ? Renamed(@event)
        : @event switch
        {
            TicketOpened e => e with { Summary = Without(e.Summary), Description = Without(e.Description) },
            TextEdited e => new TextEdited(Maybe(e.Summary), Maybe(e.Description)),
            TextRedacted e => e with { Summary = Maybe(e.Summary), Description = Maybe(e.Description) },
            PublicCommentAdded e => e with { Body = Without(e.Body) },
            InternalNoteAdded e => e with { Body = Without(e.Body) },
            _ => @event,
        };

    /// <summary>The files that an event brought.</summary>
    public static ValueList<AttachedFile> FilesOf(TicketEvent @event) =>
        @event switch
        {
            PublicCommentAdded e => e.Files,
            InternalNoteAdded e => e.Files,
            FilesAttached e => e.Files,
            _ => [],
        };

    private static IEnumerable<AttachedFile> InFields(TicketEvent @event) =>
        @event switch
        {
            TicketOpened e => e.Fields.Values.SelectMany(FieldFiles.In),
            FieldsChanged e => e.Fields.Values.SelectMany(FieldFiles.In),
            TicketMoved e => e.Fields.Values.Concat(e.Dropped.Values).SelectMany(FieldFiles.In),
            _ => [],
        };

    private bool IsIn(string? text) => text?.Contains(passage!, StringComparison.Ordinal) == true;

    private static IEnumerable<string?> TextsOf(TicketEvent @event) =>
        @event switch
        {
            TicketOpened e => [e.Summary, e.Description],
            TextEdited e => [e.Summary, e.Description],
            TextRedacted e => [e.Summary, e.Description],
            PublicCommentAdded e => [e.Body],
            InternalNoteAdded e => [e.Body],
            _ => [],
        };

    private string? Maybe(string? text) => text is null ? null : Without(text);

    private TicketEvent Renamed(TicketEvent @event) =>
        name is null
            ? @event
            : @event switch
            {
                PublicCommentAdded e => e with { Files = Renamed(e.Files) },
                InternalNoteAdded e => e with { Files = Renamed(e.Files) },
                FilesAttached e => e with { Files = Renamed(e.Files) },
                TicketOpened e => e with { Fields = Renamed(e.Fields) },
                FieldsChanged e => new FieldsChanged(Renamed(e.Fields)),
                TicketMoved e => e with { Fields = Renamed(e.Fields), Dropped = Renamed(e.Dropped) },
                _ => @event,
            };

    private ValueMap<TValue> Renamed<TValue>(ValueMap<TValue> fields)
        where TValue : FieldValue? =>
        ValueMap<TValue>.From(
            fields.Select(field =>
                field.Value is FilesValue value
                    ? KeyValuePair.Create(field.Key, (TValue)(FieldValue)new FilesValue(Renamed(value.Files)))
                    : field
            )
        );

    private ValueList<AttachedFile> Renamed(ValueList<AttachedFile> files) =>
        files.Select(one => one.Id == file ? one with { Name = name! } : one).ToValueList();

    /// <summary>The name that a file's place gets; null keeps the one it has.</summary>
    internal static string? Named(RedactFile command) =>
        string.IsNullOrWhiteSpace(command.Name) ? null : command.Name.Trim();
}
