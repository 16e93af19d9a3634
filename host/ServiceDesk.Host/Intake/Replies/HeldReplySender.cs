using System.Security.Cryptography;
using NodaTime;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Grains;
using ServiceDesk.Host.Notifications;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Replies;

namespace ServiceDesk.Host.Intake.Replies;

/// <summary>
/// Holds replies of agents for a moment, so that they can be taken back, and then sends them as their writers. Until then
/// nothing of one is on its ticket, and nobody is told. It stands in the database: a closed window or a stop of the server loses
/// none, and the key under which it is committed lets none be sent twice. Any node may send it.
/// </summary>
public sealed partial class HeldReplySender(
    HostOptions options,
    IHeldReplies held,
    ITicketGrains grains,
    TicketDecisions decisions,
    ITicketStore store,
    IViewers viewers,
    INotifications notifications,
    NoticeWords words,
    TextCatalogue texts,
    IClock clock,
    TimeProvider time,
    ILogger<HeldReplySender> logger
) : BackgroundService
{
    /// <summary>How often is looked for what another node held and does not send any more.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromSeconds(20);

    private const int AtOnce = 50;
    private readonly SemaphoreSlim news = new(0, 1);

    /// <summary>Whether replies are held at all.</summary>
    public bool Holds => options.UndoSend > Duration.Zero;

    /// <summary>Holds a reply that the ticket would take, or says why it would not.</summary>
    public async Task<ValueList<Refusal>> HoldAsync(
        Viewer viewer,
        TicketSnapshot ticket,
        string text,
        ValueList<AttachedFile> files,
        CancellationToken cancellation
    )
    {
        using var reserved = new Reserved(store);
        var envelope = CommandEnvelope.By(viewer, CommandOf(text, files));
        var step = await decisions.StepAsync(ticket, envelope, reserved, cancellation);
        if (step.Refusals.Count > 0)
        {
            return step.Refusals;
        }

        await held.AddAsync(
            new HeldReply(
                RandomNumberGenerator.GetHexString(32, lowercase: true),
                viewer.Person.Id,
                ticket.State.Id,
                text,
                files,
                clock.GetCurrentInstant() + options.UndoSend
            ),
            cancellation
        );
        Wake();
        return [];
    }

    /// <summary>The viewer's that can still be taken back.</summary>
    public Task<IReadOnlyList<HeldReply>> OfAsync(Viewer viewer, CancellationToken cancellation) =>
        held.OfAsync(viewer.Person.Id, cancellation);

    /// <summary>Takes one of the viewer's back, into the viewer's draft; null when it is too late.</summary>
    /// <returns>It as it was, and the text of the draft.</returns>
    public Task<(HeldReply Reply, string Text)?> TakeBackAsync(
        Viewer viewer,
        string token,
        CancellationToken cancellation
    ) => held.TakeBackAsync(viewer.Person.Id, token, clock.GetCurrentInstant(), cancellation);

    /// <summary>Sends everything that is due.</summary>
    /// <returns>How many were sent or given back.</returns>
    public async Task<int> SendDueAsync(CancellationToken cancellation)
    {
        var count = 0;
        foreach (var reply in await held.DueAsync(clock.GetCurrentInstant(), AtOnce, cancellation))
        {
            if (await held.BeginAsync(reply.Token, cancellation))
            {
                await SendAsync(reply, cancellation);
                count++;
            }
        }

        return count;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = Between;
            try
            {
                while (await SendDueAsync(stoppingToken) == AtOnce) { }

                if (await held.NextAsync(stoppingToken) is { } next)
                {
                    var left = (next - clock.GetCurrentInstant()).ToTimeSpan();
                    wait = TimeSpan.FromTicks(Math.Clamp(left.Ticks, TimeSpan.TicksPerMillisecond * 50, Between.Ticks));
                }
            }
            catch (Exception problem) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(problem);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await WaitAsync(wait, stoppingToken);
        }
    }

    private async Task SendAsync(HeldReply reply, CancellationToken cancellation)
    {
        var viewer = await viewers.OfAsync(reply.Person, cancellation);
        var envelope = viewer is null
            ? null
            : CommandEnvelope.By(viewer, CommandOf(reply.Text, reply.Files)) with
            {
                IdempotencyKey = $"reply:{reply.Token}",
            };
        var answer = envelope is null ? null : await grains.SendAsync(reply.Ticket, envelope, cancellation);
        if (answer is { IsAccepted: true })
        {
            await held.EndAsync(reply.Token, cancellation);
            return;
        }

        await TellAsync(reply, answer?.Refusals[0], cancellation);
        await held.GiveBackAsync(reply.Token, clock.GetCurrentInstant(), cancellation);
    }

    // What the ticket does not take any more, its writer finds in the editor again, and is told why.
    private async Task TellAsync(HeldReply reply, Refusal? refusal, CancellationToken cancellation)
    {
        if (refusal is not { } no || await grains.GetAsync(reply.Ticket, cancellation) is not { } ticket)
        {
            return;
        }

        var notice = new Notification(
            $"held:{reply.Token}",
            words.Say("notifications.reply-refused", language => [ticket.State.Key.ToString(), In(language)]),
            reply.Ticket,
            Visibility.Internal
        )
        {
            IsUrgent = true,
        };
        await notifications.SendAsync(notice, [reply.Person], cancellation);

        string In(string language) => Sentence.Fill(texts.Find(language, no.Code) ?? no.Code, [.. no.Arguments]);
    }

    private static TicketCommand CommandOf(string text, ValueList<AttachedFile> files) =>
        text.Trim().Length == 0 && files.Count > 0
            ? new AttachFiles(files, Visibility.Public)
            : new AddPublicComment(text, files);

    private void Wake()
    {
        if (news.CurrentCount == 0)
        {
            try
            {
                news.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else was as quick.
            }
        }
    }

    private async Task WaitAsync(TimeSpan atMost, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(atMost, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await news.WaitAsync(both.Token);
        }
        catch (OperationCanceledException)
        {
            // It is time to look, or to stop.
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        news.Dispose();
        base.Dispose();
    }

    [LoggerMessage(LogLevel.Error, "Replies that were held back could not be sent; tried again soon")]
    private partial void LogFailed(Exception problem);
}
