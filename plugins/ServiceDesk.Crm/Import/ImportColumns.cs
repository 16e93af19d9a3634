namespace ServiceDesk.Crm.Import;

/// <summary>What a table holds.</summary>
public enum ImportKind
{
    /// <summary>Accounts.</summary>
    Accounts = 1,

    /// <summary>Contacts, with what they are where.</summary>
    Contacts = 2,

    /// <summary>Products.</summary>
    Products = 3,

    /// <summary>Contracts with one promise.</summary>
    Contracts = 4,
}

/// <summary>The columns that each kind of table may have, by the words that stand over them in English and Korean.</summary>
public static class ImportColumns
{
    private static readonly (string Name, string[] Words)[] Account =
    [
        ("key", ["key", "account key", "키", "고객사 키", "짧은 이름"]),
        ("name", ["name", "account", "account name", "company", "이름", "고객사", "고객사명", "회사명"]),
        ("parent", ["parent", "parent account", "상위", "상위 고객사"]),
        ("organization", ["organization", "organisation", "조직"]),
        ("external-id", ["external id", "id", "외부 id", "외부 번호", "고객번호"]),
        ("website", ["website", "web", "url", "홈페이지", "웹사이트"]),
        ("phone", ["phone", "telephone", "전화", "전화번호", "대표전화"]),
        ("notes", ["notes", "note", "메모", "비고"]),
        ("active", ["active", "사용", "거래 중"]),
    ];

    private static readonly (string Name, string[] Words)[] Contact =
    [
        ("name", ["name", "contact", "full name", "이름", "담당자", "성명"]),
        ("email", ["email", "e-mail", "mail", "이메일", "메일"]),
        ("phone", ["phone", "mobile", "telephone", "전화", "전화번호", "휴대전화"]),
        ("account", ["account", "account key", "company", "고객사", "고객사 키", "회사"]),
        ("title", ["title", "role", "position", "직책", "직함", "역할"]),
        ("primary", ["primary", "main", "대표", "주 담당"]),
        ("external-id", ["external id", "id", "외부 id", "외부 번호"]),
        ("notes", ["notes", "note", "메모", "비고"]),
    ];

    private static readonly (string Name, string[] Words)[] Product =
    [
        ("key", ["key", "product key", "code", "키", "제품 키", "제품코드", "코드"]),
        ("name", ["name", "product", "product name", "이름", "제품", "제품명"]),
        ("description", ["description", "설명"]),
        ("external-id", ["external id", "id", "외부 id", "외부 번호"]),
        ("active", ["active", "사용", "판매 중"]),
    ];

    private static readonly (string Name, string[] Words)[] Contract =
    [
        ("number", ["number", "contract", "contract number", "번호", "계약번호", "계약 번호"]),
        ("name", ["name", "title", "contract name", "이름", "계약명"]),
        ("account", ["account", "account key", "company", "고객사", "고객사 키", "회사"]),
        ("state", ["state", "status", "상태"]),
        ("starts-on", ["from", "start", "starts on", "start date", "시작일", "시작", "계약 시작일"]),
        ("ends-on", ["to", "until", "end", "ends on", "end date", "종료일", "만료일", "끝", "계약 종료일"]),
        ("amount", ["amount", "value", "price", "금액", "계약금액"]),
        ("currency", ["currency", "통화"]),
        ("per", ["per", "amount per", "period", "기준", "금액 기준"]),
        ("owner", ["owner", "owner email", "담당자", "담당자 이메일"]),
        ("remind-days", ["remind days", "reminder", "알림 일수", "갱신 알림"]),
        ("plan", ["plan", "요금제", "플랜", "서비스 등급"]),
        ("policy", ["policy", "sla policy", "sla", "sla 정책"]),
        ("desks", ["desks", "desk", "데스크"]),
        ("products", ["products", "product", "제품"]),
        ("budget-unit", ["budget unit", "예산 단위"]),
        ("budget", ["budget", "budget amount", "예산"]),
        ("penalty-terms", ["penalty terms", "penalty", "위약 조건", "위약 조항"]),
        ("penalty-rate", ["penalty rate", "위약률", "위약금 비율"]),
        ("external-id", ["external id", "id", "외부 id", "외부 번호"]),
        ("notes", ["notes", "note", "메모", "비고"]),
    ];

    /// <summary>The columns of a kind.</summary>
    public static IReadOnlyList<string> Of(ImportKind kind) => [.. Known(kind).Select(column => column.Name)];

    /// <summary>What stands over a column, in English and Korean.</summary>
    public static (string English, string Korean) Header(ImportKind kind, string column)
    {
        var words = Known(kind).First(one => one.Name == column).Words;
        return (words[0], words.First(word => word.Any(letter => letter >= '가')));
    }

    /// <summary>Which column each header means; null for one that means none, or one that stood before.</summary>
    public static IReadOnlyList<string?> Map(ImportKind kind, IReadOnlyList<string> headers)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return
        [
            .. headers.Select(header =>
            {
                var plain = Plain(header);
                var column = Known(kind)
                    .FirstOrDefault(one =>
                        Plain(one.Name) == plain || Array.Exists(one.Words, word => Plain(word) == plain)
                    );
                return column.Name is { } name && taken.Add(name) ? name : null;
            }),
        ];
    }

    private static (string Name, string[] Words)[] Known(ImportKind kind) =>
        kind switch
        {
            ImportKind.Accounts => Account,
            ImportKind.Contacts => Contact,
            ImportKind.Products => Product,
            _ => Contract,
        };

    private static string Plain(string header) =>
        string.Concat(header.Normalize(System.Text.NormalizationForm.FormKC).Where(char.IsLetterOrDigit))
            .ToLowerInvariant();
}
