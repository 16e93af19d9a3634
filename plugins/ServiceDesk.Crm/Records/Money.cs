using System.Globalization;

namespace ServiceDesk.Crm.Records;

/// <summary>Amounts of money: decimal, with a currency of ISO 4217 and no more digits behind the point than it has.</summary>
public static class Money
{
    /// <summary>The greatest amount.</summary>
    public const decimal Most = 999_999_999_999_999m;

    private static readonly Dictionary<string, int> Unusual = new(StringComparer.Ordinal)
    {
        ["KRW"] = 0,
        ["JPY"] = 0,
        ["VND"] = 0,
        ["CLP"] = 0,
        ["ISK"] = 0,
        ["PYG"] = 0,
        ["UGX"] = 0,
        ["XAF"] = 0,
        ["XOF"] = 0,
        ["XPF"] = 0,
        ["BHD"] = 3,
        ["IQD"] = 3,
        ["JOD"] = 3,
        ["KWD"] = 3,
        ["LYD"] = 3,
        ["OMR"] = 3,
        ["TND"] = 3,
    };

    private static readonly HashSet<string> Codes = new(
        (
            "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
            + "CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL "
            + "HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD "
            + "MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG "
            + "QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD "
            + "TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG"
        ).Split(' '),
        StringComparer.Ordinal
    );

    /// <summary>Whether it is a currency.</summary>
    public static bool IsCurrency(string code) => Codes.Contains(code);

    /// <summary>How many digits stand behind the point.</summary>
    public static int Digits(string currency) => Unusual.GetValueOrDefault(currency, 2);

    /// <summary>Whether the amount is one of the currency: not negative, and not finer than its smallest coin.</summary>
    public static bool Fits(decimal amount, string currency) =>
        amount is >= 0 and <= Most && decimal.Round(amount, Digits(currency)) == amount;

    /// <summary>An amount for people: <c>KRW 12,000,000</c>.</summary>
    public static string Write(decimal amount, string currency) =>
        $"{currency} {amount.ToString("N" + Digits(currency).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)}";

    /// <summary>What somebody typed, with or without thousands separators; null when it is no number.</summary>
    public static decimal? Read(string? text) =>
        decimal.TryParse(
            (text ?? "").Trim(),
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands,
            CultureInfo.InvariantCulture,
            out var amount
        )
            ? amount
            : null;
}
