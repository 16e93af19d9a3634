using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Grains;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Access;
using ServiceDesk.Storage.Files;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Approvals;

/// <summary>A change that an agent opened, without a request type and with a file, on which people talk; who is to approve it is no agent and of another house.</summary>
internal sealed class AskedScene : IAsyncDisposable
{
    public ServiceDeskServer Server { get; private set; } = null!;

    public Person Agent { get; private set; } = null!;

    public Person Participant { get; private set; } = null!;

    public Person Approver { get; private set; } = null!;

    public Person Other { get; private set; } = null!;

    public TicketState Change { get; private set; } = null!;

    /// <summary>Came with the opening.</summary>
    public AttachedFile Opening { get; private set; } = null!;

    /// <summary>Came with an answer.</summary>
    public AttachedFile Answer { get; private set; } = null!;

    /// <summary>An answer without words.</summary>
    public AttachedFile Loose { get; private set; } = null!;

    /// <summary>What happens once, just before the approver's next answer is decided.</summary>
    public Func<Task>? BeforeAnswer { get; set; }

    public static async Task<AskedScene> CreateAsync()
    {
        var scene = new AskedScene();
        scene.Server = await ServiceDeskServer.StartAsync(
            new ServerSetup
            {
                Adjust = builder =>
                    builder.Services.AddSingleton<ITicketGrains>(services => new RacingGrains(
                        ActivatorUtilities.CreateInstance<InProcessTicketGrains>(services),
                        scene
                    )),
            }
        );
        await scene.FillAsync();
        return scene;
    }

    public async Task<TicketState> NowAsync() => (await Server.Tickets.GetAsync(Change.Id))!.State;

    /// <summary>Asks by the policy; returns the approval's id.</summary>
    public async Task<long> AskAsync()
    {
        await DoAsync(new RequestApproval { Policy = "works-council" });
        return (await NowAsync()).Approvals[^1].Id;
    }

    public async Task DoAsync(TicketCommand command)
    {
        var answer = await Server.SendAsync(Agent, Change.Id, command);
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
    }

    /// <summary>Fills a field in.</summary>
    public Task PutAsync(string field, string text) =>
        DoAsync(new EditTicket(Fields: ValueMap<FieldValue?>.Empty.SetItem(field, new TextValue(text))));

    /// <summary>A client with a token of the person's.</summary>
    public async Task<HttpClient> ApiOfAsync(Person person)
    {
        var token = await Server
            .Services.GetRequiredService<ITokenStore>()
            .CreateAsync(person.Id, "test", [.. Scopes.All], null);
        var api = Server.ClientOf(null);
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Secret);
        return api;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private async Task FillAsync()
    {
        var people = Server.Services.GetRequiredService<IPeopleStore>();
        var ours = await people.CreateOrganizationAsync("ours", "Ours", false);
        var theirs = await people.CreateOrganizationAsync("theirs", "Theirs", true);
        Agent = await Server.PersonAsync("Alex Agent", "agent");
        var requester = await CustomerAsync("Kim Requester", ours);
        Participant = await CustomerAsync("Pat Participant", ours);
        Approver = await CustomerAsync("Ava Approver", theirs);
        Other = await CustomerAsync("Otto Other", theirs);
        Opening = await FileAsync("opening.txt");
        Answer = await FileAsync("answer.txt");
        Loose = await FileAsync("loose.txt");
        await PolicyAsync();
        Change = await OpenAsync(requester);
        Server.Clock.Advance(NodaTime.Duration.FromMinutes(1));
        await DoAsync(new EditTicket(Description: "The old one is at its end"));
        await PutAsync("implementation-plan", "Swap at midnight");
        await PutAsync("change-review", "Nobody else's business");
        await DoAsync(new AddPublicComment("Between requester and desk", [Answer]));
        await DoAsync(new AttachFiles([Loose], Visibility.Public));
        await DoAsync(new AddInternalNote("Between agents", []));
        await DoAsync(new AddParticipants([Participant.Id]));

        Task<Person> CustomerAsync(string name, Organization organization) =>
            people.CreateAsync(
                new NewPerson(name, $"{name.Split(' ')[0]}@example.com".ToLowerInvariant(), "customer")
                {
                    Organizations = [organization.Id],
                }
            );
    }

    private async Task<TicketState> OpenAsync(Person requester)
    {
        var command = new OpenTicket(
            "ITSD",
            "change",
            RequestType: null,
            "A new core switch",
            Description: "",
            requester.Id,
            Organization: null,
            Priority: null,
            ValueMap<FieldValue>.Empty,
            Channel.Workspace
        )
        {
            Files = [Opening],
        };
        var envelope = new CommandEnvelope(command, Actor.Of(Agent.Id)) { Viewer = await Server.ViewerAsync(Agent) };
        var answer = await Server.Tickets.OpenAsync(envelope);
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        return answer.Ticket!.State;
    }

    private async Task<AttachedFile> FileAsync(string name)
    {
        var content = new MemoryStream(Encoding.UTF8.GetBytes(name));
        var files = Server.Services.GetRequiredService<IFileStore>();
        return (await files.SaveAsync(content, name, "text/plain", 1000, Agent.Id)).ToAttached();
    }

    private async Task PolicyAsync()
    {
        var outcome = await Server
            .Services.GetRequiredService<IConfigurationEditor>()
            .SaveAsync(
                """
                kind: approval
                id: works-council
                name: Works council
                steps:
                  - people:
                      - ava@example.com
                shows:
                  - implementation-plan
                """,
                null,
                new ConfigurationAuthor(null, "test", null)
            );
        Assert.True(outcome.Status == ConfigurationStatus.Written, outcome.Problems.ToString());
    }

    private sealed class RacingGrains(ITicketGrains inner, AskedScene scene) : ITicketGrains
    {
        public Task<GrainAnswer> OpenAsync(CommandEnvelope envelope, CancellationToken cancellation = default) =>
            inner.OpenAsync(envelope, cancellation);

        public async Task<GrainAnswer> SendAsync(
            TicketId ticket,
            CommandEnvelope envelope,
            CancellationToken cancellation = default
        )
        {
            if (envelope.Command is AnswerApproval && scene.BeforeAnswer is { } act)
            {
                scene.BeforeAnswer = null;
                await act();
            }

            return await inner.SendAsync(ticket, envelope, cancellation);
        }

        public Task<TicketSnapshot?> GetAsync(TicketId ticket, CancellationToken cancellation = default) =>
            inner.GetAsync(ticket, cancellation);
    }
}
