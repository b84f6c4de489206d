import { type CatalogFolders, loadOwnCatalog, type OwnCatalog } from '../catalog/catalog-folders.ts';
import { loadCatalog } from '../catalog/loader.ts';
import type { Config } from '../config.ts';
import { WattleError } from '../errors.ts';

const STOCK = new URL('../../catalog/', import.meta.url);

/** Reads the stock programs and those of the configured folder. Rejects with CONFIG_INVALID when there is no such folder. */
export async function loadFolders({ catalogFolder }: Pick<Config, 'catalogFolder'>): Promise<CatalogFolders> {
  const [stock, own] = await Promise.all([
    loadCatalog(STOCK),
    catalogFolder === null ? null : loadConfigured(catalogFolder),
  ]);
  return { stock, own };
}

/** A folder that cannot be read is a setting that is wrong, like any other. */
async function loadConfigured(folder: string): Promise<OwnCatalog> {
  try {
    return await loadOwnCatalog(folder);
  } catch (error) {
    if (!(error instanceof WattleError) || error.code !== 'CATALOG_INVALID') throw error;
    throw new WattleError('CONFIG_INVALID', `WATTLE_CATALOG: ${error.message}`, { cause: error });
  }
}
