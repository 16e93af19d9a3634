using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Sla;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Intake;
using ServiceDesk.Host.Intake.Files;
using ServiceDesk.Host.Pages.Files;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Prose;
using ServiceDesk.Host.Pages.Shared;
using ServiceDesk.Host.Pages.Workspace;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Conversation;

namespace ServiceDesk.Host.Pages.Portal;

/// <summary>A request as its customers see it, and what they can do with it.</summary>
[Authorize(Policy = Permissions.AskInPortal)]
[RequestSizeLimit(PostedFiles.FormLimit)]
[RequestFormLimits(MultipartBodyLengthLimit = PostedFiles.FormLimit)]
public sealed class RequestModel(
    ITicketQueries queries,
    ITicketGrains grains,
    RequestReader reader,
    PersonDirectory directory,
    PostedFiles posted,
    ITexts texts
) : PageModel
{
    private IReadOnlyList<AttachedFile> kept = [];

    /// <summary>What the page shows.</summary>
    public RequestView View { get; private set; } = null!;

    /// <summary>Why the last act was refused.</summary>
    public FormErrors Errors { get; } = new(texts);

    /// <summary>Makes sending twice the same as sending once.</summary>
    public string Once { get; private set; } = RandomNumberGenerator.GetHexString(24, lowercase: true);

    /// <summary>The input of an answer.</summary>
    public FieldInput Answer =>
        new("body", texts["portal.answer"], FieldKind.LongText)
        {
            IsRequired = true,
            MaxLength = 100_000,
            Help = texts["common.markdown-hint"],
            Error = Errors["body"],
            Value = Request.HasFormContentType ? Request.Form["body"].ToString() : "",
        };

    /// <summary>The files of an answer.</summary>
    public FilesInput Files =>
        new() { Error = Errors["files"], Kept = [.. kept.Select(file => (FileIntake.TokenOf(file.Id), file.Name))] };

    /// <summary>Images that texts may show.</summary>
    public ProseImages Images =>
        new(
            Prefix,
            [
                .. View
                    .Conversation.Comments.SelectMany(comment => comment.Files)
                    .Concat(View.Conversation.Files)
                    .Where(file => file.Removed is null)
                    .Select(file => file.File)
                    .Where(file => MediaTypes.IsImage(file.ContentType)),
            ]
        );

    /// <summary>Files that came without a comment.</summary>
    public IReadOnlyList<AttachmentLink> LooseFiles => FilesOf(View.Conversation.Files);

    private string Prefix => FileRoutes.PrefixOf(HttpContext, View.Ticket.State.Key);

    private string NameOf(PersonId? person) => View.NameOf(person, texts["portal.the-desk"]);

    private Viewer Viewer => HttpContext.RequireViewer();

    /// <summary>Links to files of this request.</summary>
    public IReadOnlyList<AttachmentLink> FilesOf(ValueList<PublicAttachment> files) =>
        [.. files.Select(file => AttachmentLink.Of(Prefix, file, NameOf))];

    /// <summary>Links to the files of a field; null for another field, and where files are the desk's alone: then they are no more than named.</summary>
    public IReadOnlyList<AttachmentLink>? LinksOf(FilesValue? value)
    {
        var there = View.Conversation.Files.Concat(View.Conversation.Comments.SelectMany(comment => comment.Files));
        var links = FilesOf(
            there
                .Where(file => value?.Files.Any(one => one.Id == file.File.Id) == true)
                .DistinctBy(file => file.File.Id)
                .ToValueList()
        );
        return value is not null && links.Count == value.Files.Count ? links : null;
    }

    /// <summary>What was taken out of words, as customers read it.</summary>
    public IEnumerable<RedactionLine> Lines(ValueList<RedactionMark> marks) =>
        marks.Select(mark => RedactionLine.Of(mark, NameOf));

    /// <summary>The word of the sentence that says by when.</summary>
    public string WordOf(ExpectedSolution expected) =>
        expected.State switch
        {
            ExpectedState.ByThen => "by",
            ExpectedState.Late => "late",
            _ => View.Summary.WaitsForCustomer ? "paused-you" : "paused",
        };

    /// <summary>Shows the request; an old key leads to the new one.</summary>
    public async Task<IActionResult> OnGetAsync(string key, CancellationToken cancellation)
    {
        if (await FindAsync(key, cancellation) is not { } ticket)
        {
            return NotFound();
        }

        if (!ticket.State.Key.ToString().Equals(key, StringComparison.Ordinal))
        {
            return LocalRedirect(Url.Content($"~/portal/requests/{ticket.State.Key}"));
        }

        View = await reader.ReadAsync(Viewer, ticket, cancellation);
        return Page();
    }

    /// <summary>Answers, with files; files alone are attached.</summary>
    public async Task<IActionResult> OnPostCommentAsync(string key, string? body, CancellationToken cancellation)
    {
        var files = await posted.TakeAsync(Request.Form, Viewer, Errors, cancellation);
        kept = files;
        var text = (body ?? string.Empty).ReplaceLineEndings("\n");
        TicketCommand command =
            string.IsNullOrWhiteSpace(text) && files.Count > 0
                ? new AttachFiles(files, Visibility.Public)
                : new AddPublicComment(text, files);
        return await SendAsync(key, command, "portal.answered", cancellation);
    }

    /// <summary>Takes a transition that the workflow gives to customers.</summary>
    public Task<IActionResult> OnPostTransitionAsync(
        string key,
        string? to,
        string? resolution,
        CancellationToken cancellation
    ) =>
        SendAsync(
            key,
            new TransitionTicket(
                to ?? string.Empty,
                string.IsNullOrEmpty(resolution) ? null : resolution,
                ValueMap<FieldValue?>.Empty
            ),
            "portal.changed",
            cancellation
        );

    /// <summary>Answers an approval.</summary>
    public Task<IActionResult> OnPostAnswerApprovalAsync(
        string key,
        long approval,
        bool approves,
        string? comment,
        CancellationToken cancellation
    ) => SendAsync(key, new AnswerApproval(approval, approves, comment), "approvals.done-answered", cancellation);

    /// <summary>Asks colleagues for approval.</summary>
    public Task<IActionResult> OnPostAskApprovalAsync(
        string key,
        string? title,
        string[]? approver,
        bool one,
        CancellationToken cancellation
    )
    {
        var people = (approver ?? []).SelectMany(People).Distinct().ToValueList();
        var command = new RequestApproval
        {
            Title = title ?? "",
            Steps = [new ApproversAsked(people, [], [], one ? 1 : null)],
            CommentOnDecline = true,
            CustomersSee = true,
        };
        return SendAsync(key, command, "approvals.done-asked", cancellation);
    }

    /// <summary>Takes back an approval that one asked for.</summary>
    public Task<IActionResult> OnPostWithdrawApprovalAsync(
        string key,
        long approval,
        string? reason,
        CancellationToken cancellation
    ) => SendAsync(key, new WithdrawApproval(approval, reason), "approvals.done-withdrawn", cancellation);

    /// <summary>Lets somebody else answer an approval. Whom the person may not look up is nobody.</summary>
    public async Task<IActionResult> OnPostDelegateApprovalAsync(
        string key,
        long approval,
        string? to,
        string? reason,
        CancellationToken cancellation
    )
    {
        var found = await directory.FindOneAsync(Viewer, to, cancellation);
        if (found is null)
        {
            Errors.Add([Refusal.Invalid("workspace.person-unknown", null, to ?? "")], []);
        }

        return await SendAsync(
            key,
            new DelegateApproval(approval, found?.Id ?? default, reason),
            "approvals.done-delegated",
            cancellation
        );
    }

    /// <summary>Opens it again.</summary>
    public Task<IActionResult> OnPostReopenAsync(string key, string? reason, CancellationToken cancellation) =>
        SendAsync(key, new ReopenTicket(reason ?? string.Empty), "portal.reopened", cancellation);

    /// <summary>Lets a colleague take part.</summary>
    public Task<IActionResult> OnPostInviteAsync(string key, string? person, CancellationToken cancellation) =>
        SendAsync(key, new AddParticipants(People(person)), "portal.invited", cancellation);

    /// <summary>Lets a participant go.</summary>
    public Task<IActionResult> OnPostDismissAsync(string key, string? person, CancellationToken cancellation) =>
        SendAsync(key, new RemoveParticipants(People(person)), "portal.changed", cancellation);

    /// <summary>Shares it with one of the requester's organizations.</summary>
    public Task<IActionResult> OnPostShareAsync(string key, long organization, CancellationToken cancellation) =>
        SendAsync(key, new ShareTicket(new OrganizationId(organization)), "portal.changed", cancellation);

    /// <summary>Takes that back.</summary>
    public Task<IActionResult> OnPostUnshareAsync(string key, long organization, CancellationToken cancellation) =>
        SendAsync(key, new UnshareTicket(new OrganizationId(organization)), "portal.changed", cancellation);

    private async Task<IActionResult> SendAsync(
        string key,
        TicketCommand command,
        string done,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(key, cancellation) is not { } ticket)
        {
            return NotFound();
        }

        if (!Errors.Any)
        {
            var answer = await grains.SendAsync(ticket.State.Id, Envelope(command), cancellation);
            if (answer.IsAccepted)
            {
                TempData["Done"] = texts[done];
                if (!TicketAccess.MaySee(Viewer, answer.Ticket!.State))
                {
                    // Who was only asked, and let somebody else answer, has no business with the request any more.
                    return RedirectToPage("/Portal/Approvals");
                }

                var anchor = answer
                    .Events.Select(recorded => recorded.Event)
                    .OfType<PublicCommentAdded>()
                    .FirstOrDefault();
                return LocalRedirect(
                    Url.Content($"~/portal/requests/{ticket.State.Key}")
                        + (anchor is null ? "" : $"#comment-{anchor.CommentId}")
                );
            }

            Errors.Add(answer.Refusals, ["body", "files"]);
            // What was refused may have been so for what happened since: the page shows the request as it is now.
            if (await FindAsync(key, cancellation) is not { } now)
            {
                return RedirectToPage("/Portal/Approvals");
            }

            ticket = now;
        }

        View = await reader.ReadAsync(Viewer, ticket, cancellation);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private CommandEnvelope Envelope(TicketCommand command)
    {
        var once = Request.Form["once"].ToString();
        return new(command, Actor.Of(Viewer.Person.Id))
        {
            Viewer = Viewer,
            IdempotencyKey = RepeatableKeys.OfPortal(Viewer.Person.Id, once),
        };
    }

    private async Task<TicketSnapshot?> FindAsync(string key, CancellationToken cancellation) =>
        TicketKey.TryParse(key, out var parsed) ? await queries.FindByKeyAsync(Viewer, parsed, cancellation) : null;

    private static ValueList<PersonId> People(string? id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var person)
            ? [new PersonId(person)]
            : [];
}
