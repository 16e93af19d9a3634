using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Reactions;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Documents;
using ServiceDesk.Storage.Workflow;

namespace ServiceDesk.Host.Workflows;

/// <summary>
/// Moves tickets out of statuses that their workflows have replaced, as the person who published it. What there is to do follows
/// from the documents and the tickets alone, so that a kill loses nothing of it and two servers do nothing twice.
/// </summary>
public sealed partial class StatusReplacementJob(
    IStatusTickets tickets,
    IDocumentStore documents,
    ITicketGrains grains,
    IViewers viewers,
    ICurrentConfiguration current,
    TimeProvider time,
    ILogger<StatusReplacementJob> logger
) : BackgroundService
{
    private const int PageSize = 100;

    // A server that has not read a new version yet may still put tickets where they cannot stay: it is looked again after it.
    private const int LooksOfAVersion = 4;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    private long revision = -1;
    private int looks;

    /// <summary>Moves all that are left.</summary>
    /// <returns>How many tickets could not be moved.</returns>
    public async Task<int> RoundAsync(CancellationToken cancellation)
    {
        var failed = 0;
        var configuration = current.Snapshot;
        foreach (var workflow in configuration.All<WorkflowDocument>().Where(workflow => workflow.Replaced.Count > 0))
        {
            failed += await MoveAsync(workflow, configuration, cancellation);
        }

        return failed;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                looks = 0;
                LogFailed(problem);
            }

            await Pause.ForAsync(Between, time, stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        if (current.Snapshot.Revision is var newest && newest != revision)
        {
            (revision, looks) = (newest, 0);
        }

        if (looks < LooksOfAVersion)
        {
            looks = await RoundAsync(stopping) == 0 ? looks + 1 : 0;
        }
    }

    private async Task<int> MoveAsync(
        WorkflowDocument workflow,
        IConfiguration configuration,
        CancellationToken cancellation
    )
    {
        var question = WorkflowTickets.Question(configuration, workflow);
        var (failed, after) = (0, default(TicketId));
        (Actor Actor, Viewer? Viewer)? author = null;
        while (await tickets.FindAsync(question, after, PageSize, cancellation) is { Count: > 0 } page)
        {
            author ??= await AuthorAsync(workflow.Id, cancellation);
            foreach (var ticket in page)
            {
                var envelope = new CommandEnvelope(new ReplaceStatus(), author.Value.Actor)
                {
                    Viewer = author.Value.Viewer,
                };
                var answer = await grains.SendAsync(ticket, envelope, cancellation);
                if (!answer.IsAccepted)
                {
                    LogNotMoved(ticket, answer.Refusals[0].Code);
                    failed++;
                }
            }

            after = page[^1];
        }

        return failed;
    }

    // Of a workflow that was imported, and of somebody who may no longer do it, the product itself moves them.
    private async Task<(Actor Actor, Viewer? Viewer)> AuthorAsync(string workflow, CancellationToken cancellation)
    {
        var version = current.Snapshot.VersionOf<WorkflowDocument>(workflow);
        var written = await documents.FindVersionAsync(DocumentKinds.Workflow, workflow, version, cancellation);
        return
            written?.Author.Person is { } person
            && await viewers.OfAsync(person, cancellation) is { } viewer
            && viewer.May(Permissions.Configure)
            ? (Actor.Of(person), viewer)
            : (Actor.System, null);
    }

    [LoggerMessage(LogLevel.Error, "Tickets could not be moved out of statuses that are gone; tried again")]
    private partial void LogFailed(Exception problem);

    [LoggerMessage(LogLevel.Error, "Ticket {Ticket} stays in a status that its workflow no longer has: {Code}")]
    private partial void LogNotMoved(TicketId ticket, string code);
}
