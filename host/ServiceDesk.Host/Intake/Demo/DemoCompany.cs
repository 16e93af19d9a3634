using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Intake.Demo;

/// <summary>The people of the demo: five organizations, four teams, one administrator, 12 agents and 27 customers.</summary>
internal sealed class DemoCompany
{
    private const string Own = "hanbit";

    private static readonly (string Key, string Name)[] Organizations =
    [
        (Own, "한빛그룹 Hanbit Group"),
        ("daon", "다온로지스"),
        ("pureun", "푸른솔의료재단"),
        ("arden", "Arden Instruments"),
        ("seaview", "Seaview Foods"),
    ];

    private static readonly (string Desk, string Name)[] Teams =
    [
        ("ITSD", "서비스데스크"),
        ("ITSD", "Network & Infrastructure"),
        ("HR", "인사지원팀"),
        ("FAC", "시설관리팀"),
    ];

    // The name, then the address before the @, the language and the place of the team.
    private static readonly (string Name, string Address, string Language, int Team)[] Agents =
    [
        ("김민수", "minsu.kim", "ko", 0),
        ("Emily Carter", "emily.carter", "en", 0),
        ("이서연", "seoyeon.lee", "ko", 0),
        ("박지훈", "jihoon.park", "ko", 0),
        ("Daniel Fischer", "daniel.fischer", "en", 1),
        ("최유진", "yujin.choi", "ko", 1),
        ("정하늘", "haneul.jung", "ko", 1),
        ("강은지", "eunji.kang", "ko", 2),
        ("Grace Miller", "grace.miller", "en", 2),
        ("조현우", "hyunwoo.cho", "ko", 2),
        ("윤상호", "sangho.yoon", "ko", 3),
        ("Thomas Reed", "thomas.reed", "en", 3),
    ];

    private static readonly (string Name, string Address, string Language, string Organization)[] Customers =
    [
        ("한지민", "jimin.han", "ko", Own),
        ("오세훈", "sehun.oh", "ko", Own),
        ("서다은", "daeun.seo", "ko", Own),
        ("신동혁", "donghyuk.shin", "ko", Own),
        ("Laura Bennett", "laura.bennett", "en", Own),
        ("Kevin Walsh", "kevin.walsh", "en", Own),
        ("권나영", "nayoung.kwon", "ko", Own),
        ("황준호", "junho.hwang", "ko", "daon"),
        ("안소희", "sohee.ahn", "ko", "daon"),
        ("송태영", "taeyoung.song", "ko", "daon"),
        ("류미경", "mikyung.ryu", "ko", "daon"),
        ("전병철", "byungchul.jeon", "ko", "daon"),
        ("홍수빈", "subin.hong", "ko", "pureun"),
        ("고은별", "eunbyul.ko", "ko", "pureun"),
        ("문재원", "jaewon.moon", "ko", "pureun"),
        ("양혜진", "hyejin.yang", "ko", "pureun"),
        ("손예린", "yerin.son", "ko", "pureun"),
        ("Sarah Thompson", "sarah.thompson", "en", "arden"),
        ("James Patel", "james.patel", "en", "arden"),
        ("Olivia Grant", "olivia.grant", "en", "arden"),
        ("Michael O'Connor", "michael.oconnor", "en", "arden"),
        ("Hannah Weber", "hannah.weber", "en", "arden"),
        ("Robert Lindqvist", "robert.lindqvist", "en", "seaview"),
        ("Sofia Marino", "sofia.marino", "en", "seaview"),
        ("Peter Novak", "peter.novak", "en", "seaview"),
        ("Amelia Clarke", "amelia.clarke", "en", "seaview"),
        ("Lucas Moreau", "lucas.moreau", "en", "seaview"),
    ];

    private readonly Dictionary<string, OrganizationId> organizations = new(StringComparer.Ordinal);
    private readonly List<TeamId> teams = [];
    private readonly List<(PersonId Id, int Team, string Language)> agents = [];
    private readonly List<(PersonId Id, string Language)> customers = [];

    /// <summary>Customers who write in a language.</summary>
    public IReadOnlyList<PersonId> CustomersWriting(string language) =>
        [.. customers.Where(customer => customer.Language == language).Select(customer => customer.Id)];

    /// <summary>Who answers in a language on a desk, with the team.</summary>
    public IReadOnlyList<(PersonId Agent, TeamId Team)> AgentsOf(string desk, string language) =>
        [
            .. agents
                .Where(agent => Teams[agent.Team].Desk == desk && agent.Language == language)
                .Select(agent => (agent.Id, teams[agent.Team])),
        ];

    /// <summary>Makes everyone.</summary>
    /// <param name="passwordHash">Of the password that all of them have.</param>
    public async Task CreateAsync(IPeopleStore people, string passwordHash, CancellationToken cancellation)
    {
        foreach (var (key, name) in Organizations)
        {
            organizations[key] = (await people.CreateOrganizationAsync(key, name, true, region: null, cancellation)).Id;
        }

        foreach (var (_, name) in Teams)
        {
            teams.Add((await people.CreateTeamAsync(name, cancellation)).Id);
        }

        NewPerson Named(string name, string address, string role, string language, string organization) =>
            new(name, DemoAccounts.Email(address), role)
            {
                Language = language,
                Zone = "Asia/Seoul",
                PasswordHash = passwordHash,
                Organizations = [organizations[organization]],
            };

        await people.CreateAsync(Named("관리자 Admin", "admin", "administrator", "ko", Own), cancellation);
        foreach (var (name, address, language, team) in Agents)
        {
            var agent = Named(name, address, "agent", language, Own) with { Teams = [teams[team]] };
            agents.Add(((await people.CreateAsync(agent, cancellation)).Id, team, language));
        }

        foreach (var (name, address, language, organization) in Customers)
        {
            var customer = Named(name, address, "customer", language, organization);
            customers.Add(((await people.CreateAsync(customer, cancellation)).Id, language));
        }
    }
}
