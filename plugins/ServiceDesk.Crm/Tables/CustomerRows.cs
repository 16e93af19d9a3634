namespace ServiceDesk.Crm.Tables;

/// <summary>A customer company, or a part of one.</summary>
public sealed class AccountRow
{
    /// <summary>The identity.</summary>
    public long Id { get; set; }

    /// <summary>The short name that queries use, unique; never changed.</summary>
    public string Key { get; set; } = "";

    /// <summary>The display name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Key and name as a search compares them.</summary>
    public string Search { get; set; } = "";

    /// <summary>The account that it is a part of.</summary>
    public long? ParentId { get; set; }

    /// <summary>The organization of the product whose people are its people.</summary>
    public long? OrganizationId { get; set; }

    /// <summary>Its organization, or that of the nearest account above: decides who may see it.</summary>
    public long? ScopeId { get; set; }

    /// <summary>Its number in another system, unique.</summary>
    public string? ExternalId { get; set; }

    /// <summary>A web address.</summary>
    public string Website { get; set; } = "";

    /// <summary>A telephone number.</summary>
    public string Phone { get; set; } = "";

    /// <summary>Markdown for agents.</summary>
    public string Notes { get; set; } = "";

    /// <summary>Whether it is still a customer.</summary>
    public bool IsActive { get; set; } = true;

    /// <summary>Counts the changes.</summary>
    public long Version { get; set; } = 1;

    /// <summary>Unix ticks.</summary>
    public long UpdatedAt { get; set; }
}

/// <summary>A person at customers' companies.</summary>
public sealed class ContactRow
{
    /// <summary>The identity.</summary>
    public long Id { get; set; }

    /// <summary>The display name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Name, address and telephone number as a search compares them.</summary>
    public string Search { get; set; } = "";

    /// <summary>The mail address.</summary>
    public string Email { get; set; } = "";

    /// <summary>A telephone number.</summary>
    public string Phone { get; set; } = "";

    /// <summary>The person of the product who it is.</summary>
    public long? PersonId { get; set; }

    /// <summary>Its number in another system, unique.</summary>
    public string? ExternalId { get; set; }

    /// <summary>Markdown for agents.</summary>
    public string Notes { get; set; } = "";

    /// <summary>Counts the changes.</summary>
    public long Version { get; set; } = 1;

    /// <summary>Unix ticks.</summary>
    public long UpdatedAt { get; set; }
}

/// <summary>What a contact is at an account.</summary>
public sealed class MembershipRow
{
    /// <summary>The contact.</summary>
    public long ContactId { get; set; }

    /// <summary>The account.</summary>
    public long AccountId { get; set; }

    /// <summary>What the contact is there.</summary>
    public string Title { get; set; } = "";

    /// <summary>Whether it is the first one to turn to, and the account that the contact's requests are for.</summary>
    public bool IsPrimary { get; set; }
}

/// <summary>Something that is sold.</summary>
public sealed class ProductRow
{
    /// <summary>The identity.</summary>
    public long Id { get; set; }

    /// <summary>The short name, unique; never changed.</summary>
    public string Key { get; set; } = "";

    /// <summary>The display name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Key and name as a search compares them.</summary>
    public string Search { get; set; } = "";

    /// <summary>Markdown.</summary>
    public string Description { get; set; } = "";

    /// <summary>Its number in another system, unique.</summary>
    public string? ExternalId { get; set; }

    /// <summary>Whether it is still sold.</summary>
    public bool IsActive { get; set; } = true;

    /// <summary>Counts the changes.</summary>
    public long Version { get; set; } = 1;

    /// <summary>Unix ticks.</summary>
    public long UpdatedAt { get; set; }
}
