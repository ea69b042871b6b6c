namespace Cake.Frosting;

/// <summary>What a host is set up with.</summary>
public static class CakeHostExtensions
{
    /// <summary>Gives tasks a context of this type; the last call counts.</summary>
    public static CakeHost UseContext<TContext>(this CakeHost host)
        where TContext : class, IFrostingContext
    {
        host.ContextType = typeof(TContext);
        return host;
    }

    /// <summary>Runs this before the first task and after the last; the last call counts.</summary>
    public static CakeHost UseLifetime<TLifetime>(this CakeHost host)
        where TLifetime : class, IFrostingLifetime
    {
        host.LifetimeType = typeof(TLifetime);
        return host;
    }

    /// <summary>Runs this before and after each task; the last call counts.</summary>
    public static CakeHost UseTaskLifetime<TLifetime>(this CakeHost host)
        where TLifetime : class, IFrostingTaskLifetime
    {
        host.TaskLifetimeType = typeof(TLifetime);
        return host;
    }
}
