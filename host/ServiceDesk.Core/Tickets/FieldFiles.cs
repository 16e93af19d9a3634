using ServiceDesk.Core.Files;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tickets;

/// <summary>A file that a ticket has or had.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IsGone">Whether its content was taken away for good.</param>
public sealed record KnownFile(long Id, bool IsGone);

/// <summary>Files in fields: those that the ticket does not have yet come in with the change that names them.</summary>
internal static class FieldFiles
{
    /// <summary>Why a field does not take files; <paramref name="byCustomer"/> says by whose rules.</summary>
    public static IEnumerable<Refusal?> WhyNot(
        TicketQuestion asked,
        FieldDocument field,
        ValueList<AttachedFile> files,
        bool byCustomer
    )
    {
        var (rules, name) = (new List<Refusal?>(), FieldRules.NameOf(field.Id));
        rules.AddRange(TextRules.Files(files));
        if (files.FirstOrDefault(file => IsGone(asked, file)) is { } gone)
        {
            rules.Add(Refusal.Invalid(RefusalCodes.FieldFile, name, TextRules.Shown(gone.Name)));
        }

        rules.AddRange(FileRuling.WhyNot(asked, byCustomer, [.. files.Where(file => !IsThere(asked, file))]));
        return rules.Select(refusal => refusal is null ? null : refusal with { Field = name });
    }

    /// <summary>The files that come in with a change of fields, as they are attached: for agents alone where customers do not see the field and none of them brings it.</summary>
    public static IEnumerable<TicketEvent> Attached(
        TicketQuestion asked,
        IEnumerable<KeyValuePair<string, FieldValue?>> changes,
        bool byCustomer
    )
    {
        var files = changes
            .SelectMany(change =>
                In(change.Value)
                    .Where(file => !IsThere(asked, file))
                    .Select(file => (File: file, Visibility: VisibilityOf(change.Key)))
            )
            .ToList();
        var open = files.Where(one => one.Visibility == Visibility.Public).Select(one => one.File.Id).ToHashSet();
        return files
            .Select(one => (one.File, Visibility: open.Contains(one.File.Id) ? Visibility.Public : one.Visibility))
            .DistinctBy(one => one.File.Id)
            .GroupBy(one => one.Visibility)
            .OrderBy(group => group.Key)
            .SelectMany(group =>
                Splitting
                    .Portions(group.Select(one => one.File))
                    .Select(portion => new FilesAttached(portion, group.Key))
            );

        Visibility VisibilityOf(string id) =>
            byCustomer || (asked.Configuration.TryGet<FieldDocument>(id, out var field) && field.CustomersSee)
                ? Visibility.Public
                : Visibility.Internal;
    }

    /// <summary>The files of a value.</summary>
    public static ValueList<AttachedFile> In(FieldValue? value) => value is FilesValue files ? files.Files : [];

    /// <summary>The ticket with which files its fields hold now, besides those that they held before.</summary>
    public static TicketState Noted(TicketState ticket)
    {
        var held = ticket.Fields.SelectMany(field => In(field.Value).Select(file => new FieldFile(file.Id, field.Key)));
        var added = held.Except(ticket.FieldFiles).ToList();
        return added.Count == 0 ? ticket : ticket with { FieldFiles = [.. ticket.FieldFiles, .. added] };
    }

    /// <summary>Values without a file; a field that held nothing else is empty.</summary>
    public static ValueMap<FieldValue> Without(ValueMap<FieldValue> fields, long file)
    {
        foreach (var (id, value) in fields.Where(field => In(field.Value).Any(one => one.Id == file)))
        {
            var rest = In(value).Where(one => one.Id != file).ToValueList();
            fields = rest.Count == 0 ? fields.Remove(id) : fields.SetItem(id, new FilesValue(rest));
        }

        return fields;
    }

    // A part of the same change may have brought it in.
    private static bool IsThere(TicketQuestion asked, AttachedFile file) =>
        asked.Facts.Files.Any(known => known.Id == file.Id)
        || asked.Before?.State.FieldFiles.Any(known => known.File == file.Id) == true;

    private static bool IsGone(TicketQuestion asked, AttachedFile file) =>
        asked.Facts.Files.Any(known => known.Id == file.Id && known.IsGone);
}
