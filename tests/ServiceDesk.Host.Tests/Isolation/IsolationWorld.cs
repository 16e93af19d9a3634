using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Startup.Setup;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Access;
using ServiceDesk.Storage.Log;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Isolation;

/// <summary>
/// Four customer companies on three desks, with every kind of person, and a ticket of each company on each desk that serves
/// it. Every row has random words of its own.
/// </summary>
public class IsolationWorld : ServerUnderTest
{
    private readonly ConcurrentDictionary<string, Canary> canaries = new(StringComparer.Ordinal);
    private readonly List<Errand> tickets = [];
    private readonly List<Member> members = [];
    private readonly List<Client> clients = [];
    private readonly List<Joint> links = [];
    private readonly List<Kept> kept = [];

    /// <summary>Every random word by itself.</summary>
    public IReadOnlyDictionary<string, Canary> Canaries => canaries;

    public IReadOnlyList<Errand> Tickets => tickets;

    public IReadOnlyList<Joint> Links => links;

    /// <summary>What is known of each company as a customer.</summary>
    public IReadOnlyList<Client> Clients => clients;

    /// <summary>Everybody who can sign in.</summary>
    public IReadOnlyList<Member> Members => members;

    public IReadOnlyList<Firm> Firms { get; private set; } = [];

    public IReadOnlyList<Counter> Desks { get; private set; } = [];

    /// <summary>Nobody: a browser without a session and a client without a token.</summary>
    public BrowserSession Anonymous => BrowserSession.Of(this);

    public Member Admin => members.Single(member => member.Person.Role == "administrator");

    /// <summary>A key that a desk had before its ticket moved away, with the ticket.</summary>
    public (string FormerKey, Errand Ticket) Moved { get; private set; }

    /// <summary>The major incident, with the word in what its customers are told.</summary>
    public (Errand At, string Notice) Declared { get; private set; }

    /// <summary>Makes a word known.</summary>
    protected internal string Word(string what, Func<Member, bool> maySee)
    {
        var canary = new Canary(Canary.NewWord(), what, maySee);
        canaries[canary.Word] = canary;
        return canary.Word;
    }

    /// <summary>Says anew who may read a word, when what it stands in went elsewhere.</summary>
    internal void Replace(string word, string what, Func<Member, bool> maySee) =>
        canaries[word] = new Canary(word, what, maySee);

    protected override HostOptions Adjusted(HostOptions options) => options with { LogLevel = "warning" };

    protected override async Task FillAsync()
    {
        Firms = [await FirmAsync(true), await FirmAsync(false), await FirmAsync(true), await FirmAsync(true)];
        await RolesAsync();
        var admin = await MemberAsync("the administrator", "administrator", null, []);
        await new WorldDocuments(this, admin.Api).WriteAsync();
        Desks =
        [
            new Counter("ALFA", [Firms[0], Firms[1]], true, "alfa-help", "alfa-all"),
            new Counter("BETA", [Firms[2], Firms[3]], false, "beta-help", "beta-all"),
            new Counter("ITSD", null, true, "itsd-computer", "itsd-open"),
        ];
        members.Add(await MemberAsync("the administrator", "administrator", null, Desks, admin));
        foreach (var desk in Desks)
        {
            members.Add(await MemberAsync($"the agent of {desk.Key}", "agent", null, [desk], team: TeamOf(desk.Key)));
        }

        foreach (var (place, firm) in Firms.Index())
        {
            members.Add(await MemberAsync($"the requester of company {place}", "customer", firm, []));
            members.Add(await MemberAsync($"the colleague of company {place}", "customer", firm, []));
        }

        members.Add(await MemberAsync("the customer without a company", "customer", null, []));
        members.Add(await MemberAsync("the operator", "operator", null, []));
        members.Add(await MemberAsync("the clerk", "clerk", null, []));
        await new WorldAccounts(this).WriteAsync();
        await AnnounceAsync();
        await new WorldTickets(this).OpenAsync();
        await new WorldWork(this).WriteAsync();
        await CountAsync();
    }

    // Reports are kept from the log behind it: without waiting they might hold no word of these tickets yet.
    private async Task CountAsync()
    {
        var head = await Get<IEventLog>().HeadAsync(CancellationToken.None);
        await UntilAsync(async () =>
            (long)(await Admin.Api.GetAsync("/api/v1/plugins/reports/rebuild").OkAsync())["position"]! >= head
        );
    }

    /// <summary>Adds what is known of a company as a customer.</summary>
    internal void Add(Client client) => clients.Add(client);

    /// <summary>What is kept for few.</summary>
    public IReadOnlyList<Kept> Kept => kept;

    /// <summary>Adds what is kept for few.</summary>
    internal void Add(Kept one) => kept.Add(one);

    /// <summary>Adds a link that was made.</summary>
    internal void Add(Joint link) => links.Add(link);

    /// <summary>Adds a ticket that was opened.</summary>
    internal void Add(Errand ticket) => tickets.Add(ticket);

    internal void HasMoved(string formerKey, Errand ticket) => Moved = (formerKey, ticket);

    internal void HasDeclared(Errand ticket, string notice) => Declared = (ticket, notice);

    /// <summary>The name of the team of a desk's agents.</summary>
    internal string TeamOf(string desk) => teams[desk];

    private async Task AnnounceAsync()
    {
        foreach (var desk in Desks)
        {
            var title = Word($"what {desk.Key} announces", member => WhoMaySee.Offer(member, desk));
            await Admin
                .Api.PostAsync(
                    "/api/v1/announcements",
                    new
                    {
                        desk = desk.Key,
                        level = "outage",
                        title,
                    }
                )
                .OkAsync(HttpStatusCode.Created);
        }
    }

    private readonly Dictionary<string, string> teams = new(StringComparer.Ordinal);

    private async Task RolesAsync()
    {
        foreach (var desk in new[] { "ALFA", "BETA", "ITSD" })
        {
            teams[desk] = Word($"the team of {desk}", m => m.IsAgent || m.ManagesPeople);
            await Get<IPeopleStore>().CreateTeamAsync(teams[desk]);
        }
    }

    private async Task<Firm> FirmAsync(bool shares)
    {
        Firm? made = null;
        var name = Word("the name of a company", m => WhoMaySee.FirmName(m, made!, tickets));
        var key = Word("the key of a company", m => m.Configures || WhoMaySee.FirmName(m, made!, tickets));
        var row = await Get<IPeopleStore>().CreateOrganizationAsync(key, $"{name} Corporation", shares);
        return made = new Firm(row, shares);
    }

    private async Task<Member> MemberAsync(
        string title,
        string role,
        Firm? firm,
        IReadOnlyList<Counter> worksAt,
        Member? known = null,
        string? team = null
    )
    {
        if (known is not null)
        {
            return Enter(title, known.Person, firm, worksAt, known.Api, known.Pages);
        }

        var (name, address) = (NewWordOf($"the name of {title}"), NewWordOf($"the address of {title}"));
        var people = Get<IPeopleStore>();
        var person = await people.CreateAsync(
            new NewPerson($"{name} Doe", $"{address}@example.com", role)
            {
                Organizations = firm is null ? [] : [firm.Row.Id],
                Teams = team is null ? [] : [(await people.FindTeamAsync(team))!.Id],
                PasswordHash = Passwords.Hash(Get<IPasswordHasher<PersonRow>>(), Password),
            }
        );
        var pages = BrowserSession.Of(this);
        await pages.SignInAsync(person.Email);
        return Enter(title, person, firm, worksAt, await ClientAsync(person), pages);
    }

    // The words of a person are told apart once it is known who the person is.
    private string NewWordOf(string what)
    {
        Func<Member, bool>? rule = null;
        var word = Word(what, m => rule!(m));
        rule = m =>
            members.SingleOrDefault(other => other.Person.Name.StartsWith(word, StringComparison.Ordinal)) is { } named
                ? WhoMaySee.Name(m, named, tickets)
                : WhoMaySee.Address(
                    m,
                    members.Single(other => other.Person.Email.StartsWith(word, StringComparison.Ordinal)),
                    tickets
                );
        return word;
    }

    private static Member Enter(
        string title,
        Person person,
        Firm? firm,
        IReadOnlyList<Counter> worksAt,
        HttpClient api,
        BrowserSession pages
    ) => new(title, person, firm, worksAt) { Api = api, Pages = pages };
}
