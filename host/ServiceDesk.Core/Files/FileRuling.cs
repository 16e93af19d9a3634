using System.Globalization;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Files;

/// <summary>Holds files to the rules: where they come in, and once more where a ticket takes them, since there it is known as what somebody gives them.</summary>
public static class FileRuling
{
    /// <summary>Bytes of a megabyte.</summary>
    public const long Megabyte = 1024 * 1024;

    /// <summary>The rules that hold.</summary>
    public static FileRulesDocument Of(IConfiguration configuration) =>
        configuration.TryGet<FileRulesDocument>(FileRulesDocument.Only, out var found)
            ? found
            : FileRulesDocument.Standard;

    /// <summary>The rules for an upload, of which nobody knows yet where it goes: those for agents, for whoever is one somewhere.</summary>
    public static FileRules ForUpload(IConfiguration configuration, Viewer by) =>
        by.May(Permissions.WorkTickets) ? Of(configuration).Agents : Of(configuration).Customers;

    /// <summary>The ending of a name, in lower case without the dot; empty for none. Dots and blanks behind it, which Windows leaves out, hide none.</summary>
    public static string EndingOf(string name) =>
        Path.GetExtension(name.TrimEnd('.', ' ')).TrimStart('.').ToLowerInvariant();

    /// <summary>Whether rules may name an ending so.</summary>
    public static bool IsEnding(string text) =>
        text.Length is > 0 and <= 20 && text.All(sign => char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign));

    /// <summary>Why a type of file is not taken; null when it is.</summary>
    /// <param name="kind">What its first bytes tell; null when they tell nothing.</param>
    public static Refusal? WhyNot(FileRules rules, string name, FileKind? kind)
    {
        var ending = EndingOf(name);
        var fits = kind is null || kind.Endings.Contains(ending);
        if (!fits && IsDisguise(ending, kind!))
        {
            return Refusal.Invalid(RefusalCodes.FileDisguised, "files", TextRules.Shown(name), kind!.Type);
        }

        // A content whose name says nothing of it counts as what it is, and so does a program under whatever name.
        string[] types = fits && kind?.Family != FileFamily.Program ? [ending] : [ending, kind!.Type];
        if (Array.Find(types, type => rules.Refused.Contains(type)) is { } refused)
        {
            return Refusal.Invalid(RefusalCodes.FileTypeRefused, "files", TextRules.Shown(name), refused);
        }

        return rules.Allowed.Count == 0 || types.All(type => rules.Allowed.Contains(type))
            ? null
            : Refusal.Invalid(
                RefusalCodes.FileTypeNotAllowed,
                "files",
                TextRules.Shown(name),
                string.Join(", ", rules.Allowed)
            );
    }

    /// <summary>All files that a command and its parts attach.</summary>
    public static IEnumerable<AttachedFile> FilesOf(TicketCommand command) =>
        command switch
        {
            AddPublicComment one => one.Files,
            AddInternalNote one => one.Files,
            AttachFiles one => one.Files,
            OpenTicket one => one.Files.Concat(one.Then.SelectMany(FilesOf)),
            ChangeTicket one => one.Parts.SelectMany(FilesOf),
            _ => [],
        };

    /// <summary>All files that a command and its parts put into fields, also those that the ticket has already.</summary>
    public static IEnumerable<AttachedFile> InFields(TicketCommand command) =>
        command switch
        {
            OpenTicket one => one.Fields.Values.SelectMany(FieldFiles.In).Concat(one.Then.SelectMany(InFields)),
            EditTicket { Fields: { } fields } => fields.Values.SelectMany(FieldFiles.In),
            TransitionTicket one => one.Fields.Values.SelectMany(FieldFiles.In),
            MoveTicket one => one.Values.Values.SelectMany(FieldFiles.In),
            ChangeTicket one => one.Parts.SelectMany(InFields),
            _ => [],
        };

    /// <summary>Why a ticket does not take files. An import brings what was.</summary>
    /// <param name="desk">The key of the ticket's desk.</param>
    internal static IEnumerable<Refusal?> WhyNot(
        TicketQuestion asked,
        string desk,
        IReadOnlyCollection<AttachedFile> files
    ) => WhyNot(asked, asked.Viewer?.WorksOn(desk) == false, files);

    /// <summary>Why a ticket does not take files, by the rules for customers or those for agents.</summary>
    internal static IEnumerable<Refusal?> WhyNot(
        TicketQuestion asked,
        bool byCustomer,
        IReadOnlyCollection<AttachedFile> files
    )
    {
        if (files.Count == 0 || asked.IsImport)
        {
            yield break;
        }

        var document = Of(asked.Configuration);
        var rules = byCustomer ? document.Customers : document.Agents;
        foreach (var file in files)
        {
            yield return file.Size > rules.Megabytes * Megabyte
                ? Refusal.Invalid(
                    RefusalCodes.FileTooLarge,
                    "files",
                    TextRules.Shown(file.Name),
                    Number(rules.Megabytes)
                )
                : WhyNot(rules, file.Name, FileSignatures.OfMediaType(file.ContentType));
        }

        if (asked.Facts.AttachedBytes > document.TicketMegabytes * Megabyte)
        {
            yield return Refusal.Invalid(RefusalCodes.TicketFull, "files", Number(document.TicketMegabytes));
        }
    }

    private static bool IsDisguise(string ending, FileKind kind) =>
        FileSignatures.Promised(ending).ToHashSet() is { Count: > 0 } promised && !promised.Contains(kind.Family);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
