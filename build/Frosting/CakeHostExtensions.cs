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
        host.SetupType = host.TeardownType = typeof(TLifetime);
        return host;
    }

    /// <summary>Runs this before the first task; the last call counts.</summary>
    public static CakeHost UseSetup<TSetup>(this CakeHost host)
        where TSetup : class, IFrostingSetup
    {
        host.SetupType = typeof(TSetup);
        return host;
    }

    /// <summary>Runs this after the last task; the last call counts.</summary>
    public static CakeHost UseTeardown<TTeardown>(this CakeHost host)
        where TTeardown : class, IFrostingTeardown
    {
        host.TeardownType = typeof(TTeardown);
        return host;
    }

    /// <summary>Runs this before and after each task; the last call counts.</summary>
    public static CakeHost UseTaskLifetime<TLifetime>(this CakeHost host)
        where TLifetime : class, IFrostingTaskLifetime
    {
        host.TaskLifetimeType = typeof(TLifetime);
        return host;
    }

    /// <summary>
    /// Works in this folder, relative to the one that the process was started in, unless <c>--working</c> names another. It is the process's
    /// current directory before the context is made.
    /// </summary>
    public static CakeHost UseWorkingDirectory(this CakeHost host, string path)
    {
        host.WorkingDirectory = path;
        return host;
    }
}
